import type { PgClient } from "@effect/sql-pg/PgClient"
import type { StockDriver, StoreError } from "@stockbook/core"
import { Effect, Latch, type Scope, Stream } from "effect"
import { mapSqlErrors } from "./storeError.ts"

/** One channel for all schemas of a database: a wake-up for another's schema is a look for nothing, no more. */
const channel = "stockbook_commits"
/** At most one notification in this many milliseconds, however many commits there are. */
const pause = 20

/**
 * Tells other processes that something was committed, and hears it of them, by NOTIFY and LISTEN. Both only wake
 * readers up; what they read is found by their cursor, and found without being woken a moment later.
 *
 * The notification is sent after the commit, apart from it: within it, NOTIFY would make the commits of the whole
 * database wait for each other.
 */
export const wakeUps = Effect.fnUntraced(function* (
  client: PgClient
): Effect.fn.Return<
  { readonly telling: (stock: StockDriver) => StockDriver; readonly heard: Stream.Stream<void, StoreError> },
  never,
  Scope.Scope
> {
  const committed = yield* Latch.make()
  const tell = Effect.andThen(committed.await, () => {
    committed.closeUnsafe()
    return Effect.andThen(Effect.ignore(client.notify(channel, "")), Effect.sleep(pause))
  })
  yield* Effect.forkScoped(Effect.forever(tell))
  const open = Effect.sync(() => committed.openUnsafe())
  return {
    telling: ({ transact, storeGuarded, ...declared }) => ({
      ...declared,
      transact: (footprint, fold) => Effect.tap(transact(footprint, fold), open),
      ...(storeGuarded === undefined
        ? {}
        : {
            storeGuarded: (changes, guard, wantsIds) =>
              Effect.tap(storeGuarded(changes, guard, wantsIds), ({ stored }) => (stored ? open : Effect.void))
          })
    }),
    heard: Stream.unwrap(Effect.map(client.listen(channel), Stream.fromQueue)).pipe(
      Stream.map(() => undefined),
      Stream.catch((error) => Stream.fromEffect(mapSqlErrors("open")(Effect.fail(error))))
    )
  }
})
