import { Effect, Layer, Schedule } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { Scoped } from "../rules/Footprint.ts"
import { Store } from "../store/Store.ts"
import { StockEngine } from "./StockEngine.ts"

const batch = 500

/** What a sweep looks back over beyond the last one, milliseconds: what was changed then may be seen only now. */
const overlap = 60_000

/**
 * Expires holds whose time is over and quarantines batches that are expired or recalled, every `every` milliseconds
 * (1,000 when left out). Nothing waits for it: an expired hold blocks nobody, and nothing of an expired batch is sold,
 * even if no sweeper runs. Any number of processes may run one.
 */
export const sweeper = (every = 1000): Layer.Layer<never, never, Store | StockEngine> =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const { ledger } = yield* Store
      const engine = yield* StockEngine
      let swept = 0

      const sweepHolds = Effect.gen(function* () {
        const due = yield* ledger.dueHolds(batch)
        for (const [organization, [first, ...rest]] of grouped(due)) {
          yield* engine.execute({ _tag: "Expire", organization, holds: [first, ...rest] })
        }
        return due.length
      })

      const sweepBatches = Effect.gen(function* () {
        const before = yield* ledger.now
        const due = yield* ledger.dueBatches(swept, batch)
        for (const [organization, [first, ...rest]] of grouped(due)) {
          yield* engine.execute({ _tag: "ExpireBatches", organization, items: [first, ...rest] })
        }
        if (due.length < batch) swept = before - overlap
        return due.length
      })

      const whole = <E>(sweep: Effect.Effect<number, E>) => Effect.repeat(sweep, { while: (found) => found === batch })

      yield* Effect.andThen(whole(sweepHolds), whole(sweepBatches)).pipe(
        Effect.catch((error) => Effect.logWarning("What is expired was not swept", error)),
        Effect.repeat(Schedule.spaced(every)),
        Effect.forkScoped
      )
    })
  )

const grouped = <Id>(due: ReadonlyArray<Scoped<Id>>): Map<OrganizationId, [Id, ...Array<Id>]> => {
  const groups = new Map<OrganizationId, [Id, ...Array<Id>]>()
  for (const { organization, id } of due) {
    const group = groups.get(organization)
    if (group === undefined) groups.set(organization, [id])
    else group.push(id)
  }
  return groups
}
