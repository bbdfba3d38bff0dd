import { Effect, Layer, Schedule } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { HoldId } from "../stock/Hold.ts"
import { Store } from "../store/Store.ts"
import { StockEngine } from "./StockEngine.ts"

const batch = 500

/**
 * Expires holds whose time is over, every `every` milliseconds (1,000 when left out). Nothing waits for it: an expired
 * hold blocks nobody even if no sweeper runs. Any number of processes may run one.
 */
export const sweeper = (every = 1000): Layer.Layer<never, never, Store | StockEngine> =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const { ledger } = yield* Store
      const engine = yield* StockEngine
      const sweep = Effect.gen(function* () {
        const due = yield* ledger.dueHolds(batch)
        const byOrganization = Map.groupBy(due, (hold) => hold.organization)
        yield* Effect.forEach(byOrganization, ([organization, holds]) =>
          expire(
            organization,
            holds.map(({ id }) => id)
          )
        )
        return due.length
      })
      const expire = (organization: OrganizationId, holds: ReadonlyArray<HoldId>) => {
        const [first, ...rest] = holds
        return first === undefined
          ? Effect.void
          : engine.execute({ _tag: "Expire", organization, holds: [first, ...rest] })
      }
      yield* sweep.pipe(
        Effect.repeat({ while: (swept) => swept === batch }),
        Effect.catch((error) => Effect.logWarning("Expired holds were not swept", error)),
        Effect.repeat(Schedule.spaced(every)),
        Effect.forkScoped
      )
    })
  )
