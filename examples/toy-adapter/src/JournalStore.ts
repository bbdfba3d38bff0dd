import { type Changes, type Footprint, IdentityDriver, MemoryStore, type StockDriver, Store } from "@stockbook/core"
import { Clock, Context, Effect, Layer, Semaphore } from "effect"
import { append, readJournal } from "./journal.ts"

/** Which methods of each driver change something; all others only read. */
const writes: Readonly<Record<string, RegExp>> = {
  catalog: /^(insert|update|remove|restore|set)/,
  reasons: /^(put|remove)$/,
  deliveries: /^(add|claim|sent|failed|redrive|clear)$/,
  replies: /^keep$/,
  ledger: /^(claim|saveCursor|yieldTurn)$/,
  identity: /^insertUser$/
}

/**
 * A store in one file of JSON lines, for one process: a toy, but one that keeps the contract. What is stored is in
 * memory; the file has every call that changed it, and opening the store makes them again, at the times they were made.
 */
export const layer = (file: string): Layer.Layer<Store | IdentityDriver> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const inner = yield* Layer.build(Layer.fresh(MemoryStore.layer))
      const store = Context.get(inner, Store)
      const identity = Context.get(inner, IdentityDriver)
      const { ledger, catalog, reasons, deliveries, replies } = store
      const drivers: Readonly<Record<string, object>> = { ledger, catalog, reasons, deliveries, replies, identity }

      for (const { at, driver, method, args } of readJournal(file)) {
        if (driver === "stock") yield* timed(at, again(store.stock, args))
        else yield* timed(at, call(drivers[driver], method, args))
      }

      // One write after the other, so that the file has them in the order in which they were made.
      const turn = Semaphore.makeUnsafe(1)
      const written = <A, E>(driver: string, method: string, args: () => ReadonlyArray<unknown>, write: Write<A, E>) =>
        turn.withPermit(
          Effect.flatMap(Clock.currentTimeMillis, (at) =>
            Effect.tap(timed(at, write), () => Effect.sync(() => append(file, { at, driver, method, args: args() })))
          )
        )
      const journaled = <Driver extends object>(name: string, driver: Driver): Driver =>
        new Proxy(driver, {
          get: (target, method) => {
            const own: unknown = Reflect.get(target, method)
            if (typeof own !== "function" || typeof method !== "string" || !writes[name]?.test(method)) return own
            return (...args: ReadonlyArray<unknown>) => written(name, method, () => args, call(target, method, args))
          }
        })

      const stock: StockDriver = {
        transact: (footprint, fold) => {
          // Not the rule is written down, but what it came to.
          let changes: Changes | null = null
          const decided = store.stock.transact(footprint, (loaded) => {
            changes = fold(loaded)
            return changes
          })
          return written("stock", "transact", () => [footprint, changes], decided)
        }
      }
      return Context.make(
        Store,
        Store.of({
          ...store,
          stock,
          ledger: journaled("ledger", ledger),
          catalog: journaled("catalog", catalog),
          reasons: journaled("reasons", reasons),
          deliveries: journaled("deliveries", deliveries),
          replies: journaled("replies", replies)
        })
      ).pipe(Context.add(IdentityDriver, journaled("identity", identity)))
    })
  )

type Write<A, E> = Effect.Effect<A, E>

/** A call of a driver by name. What is in the file was written by this program: it is trusted to be such a call. */
const call = (driver: object | undefined, method: string, args: ReadonlyArray<unknown>): Write<unknown, never> =>
  Effect.suspend(() => {
    const own: unknown = driver === undefined ? undefined : Reflect.get(driver, method)
    return typeof own === "function" ? (own.apply(driver, args) as Write<unknown, never>) : Effect.die(`No ${method}`)
  })

const again = (stock: StockDriver, args: ReadonlyArray<unknown>): Write<void, never> => {
  const [footprint, changes] = args as [Footprint, Changes | null]
  return Effect.orDie(stock.transact(footprint, () => changes))
}

/** Carried out as if it were that time. */
const timed = <A, E>(at: number, effect: Write<A, E>): Write<A, E> =>
  Effect.flatMap(Effect.service(Clock.Clock), (clock) =>
    Effect.provideService(effect, Clock.Clock, {
      ...clock,
      currentTimeMillisUnsafe: () => at,
      currentTimeMillis: Effect.succeed(at)
    })
  )
