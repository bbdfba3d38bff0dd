import type { Actor } from "@stockbook/core"
import { Effect } from "effect"
import { TooManyRequests } from "../../problems/Problem.ts"

/** Each stream asks the store again and again: one user's many tabs must not take it from the others. */
const MOST = 5

/** Counts the streams that each user has open. */
export const eventStreams = () => {
  const open = new Map<string, number>()
  const whose = ({ organization, user }: Actor) => `${organization}/${user ?? ""}`
  return {
    /** One more, or 429; to be left as often. */
    enter: (actor: Actor) =>
      Effect.suspend(() => {
        const count = open.get(whose(actor)) ?? 0
        if (count >= MOST) return Effect.fail(new TooManyRequests({ detail: `No more than ${MOST} streams at a time` }))
        open.set(whose(actor), count + 1)
        return Effect.void
      }),
    leave: (actor: Actor) =>
      Effect.sync(() => {
        const count = open.get(whose(actor)) ?? 0
        if (count > 1) open.set(whose(actor), count - 1)
        else open.delete(whose(actor))
      })
  }
}
