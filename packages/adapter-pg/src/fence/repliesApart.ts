import type { ReplyDriver } from "@stockbook/core"
import { Array as Arr, Effect } from "effect"

/** Keeps the replies of each organization in a transaction of their own: none reaches the rows of two. */
export const repliesApart = (replies: ReplyDriver): ReplyDriver => ({
  ...replies,
  keep: (all) =>
    Effect.forEach(
      Object.values(Arr.groupBy(all, ({ organization }) => String(organization))),
      (ofOne) => replies.keep(ofOne),
      { concurrency: "unbounded", discard: true }
    )
})
