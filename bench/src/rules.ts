// The rules alone, on one core: `decide` for reservations of one hot item, and `decide` with `evolve`, which is what a
// batch does with each of its commands.
import { Result, Schema } from "effect"
import { decide } from "../../packages/core/src/rules/decide.ts"
import { evolve } from "../../packages/core/src/rules/evolve.ts"
import { Command } from "../../packages/core/src/stock/Command.ts"
import { emptyState } from "../../packages/core/test/rules/given.ts"
import { best, perSecond, rate, table } from "./measure.ts"

const decode = Schema.decodeUnknownSync(Command)
const receive = decode({ _tag: "Receive", organization: 1, lines: [{ item: 1, quantity: 1_000_000_000 }] })
const reserve = decode({ _tag: "Reserve", organization: 1, lines: [{ item: 1, quantity: 1 }] })
const n = 200_000

const stocked = () => {
  const state = emptyState()
  for (const item of state.items.values()) item.anonymous = null
  evolve(state, Result.getOrThrow(decide(state, receive, 1000)), 1000, null)
  return state
}

const alone = Array.from({ length: 7 }, () => {
  const state = stocked()
  return rate(n, () => {
    for (let i = 0; i < n; i++) if (Result.isFailure(decide(state, reserve, 1000))) throw new Error("refused")
  })
})
const folded = Array.from({ length: 7 }, () => {
  const state = stocked()
  return rate(n, () => {
    for (let i = 0; i < n; i++) {
      evolve(state, Result.getOrThrow(decide(state, reserve, 1000)), 1000, null)
      if (i % 256 === 255) state.holds.clear()
    }
  })
})

table("Rules, reservations of one hot item", [
  ["decide", perSecond(best(alone))],
  ["decide and evolve", perSecond(best(folded))]
])
