import { Effect } from "effect"
import type { ReplyDriver } from "../../replies/Reply.ts"
import { scopedName } from "../../rules/State.ts"
import type { Tables } from "./Tables.ts"

/** Replies in memory. */
export const memoryReplies = (tables: Tables): ReplyDriver => ({
  find: (organization, key) => Effect.sync(() => tables.replies.get(scopedName(organization, key)) ?? null),
  keep: (replies) =>
    Effect.sync(() => {
      for (const reply of replies) {
        const name = scopedName(reply.organization, reply.key)
        if (!tables.replies.has(name)) tables.replies.set(name, reply)
      }
    })
})
