import { Cause, Clock, Context, Effect, Exit, Layer } from "effect"
import type { LedgerDriver } from "../../src/ledger/LedgerDriver.ts"
import * as MemoryStore from "../../src/store/memory/MemoryStore.ts"
import type { Changes, Guard, Guarded, Loaded, StockDriver } from "../../src/store/StockDriver.ts"
import { Store } from "../../src/store/Store.ts"
import { StoreError } from "../../src/store/StoreError.ts"
import { guardFootprint, guardHolds } from "../engine/guardedMemory.ts"
import { Feed } from "./Feed.ts"
import { Loop, type Time, WallClock } from "./Loop.ts"
import type { Played } from "./Played.ts"

/** One thing that the store did as a whole: written, or read for answers that change nothing. */
export interface Commit {
  readonly process: number
  readonly changes: Changes | null
  /**
   * The store's time when it was decided: as far as the process could know it when it was sent, or, if it was decided
   * in the store, when it was done.
   */
  readonly at: number
}

/** An operation that a process has sent to the store. */
export interface Operation {
  readonly process: number
  /** The fiber that waits for it; its batch is answered by what it is answered with. */
  readonly fiber: number
  readonly kind: "transact" | "guarded" | "read"
  /** Carries it out. */
  readonly apply: () => { readonly exit: Exit.Exit<unknown, StoreError>; readonly commit: Commit | null }
  /** Hands the answer to the process. */
  readonly answer: (exit: Exit.Exit<unknown, StoreError>) => void
}

/** Ways to break the store on purpose, to show that the simulation notices. */
export interface StoreFaults {
  /** What is decided on remembered items is stored whatever has become of them. */
  readonly ignoresGuards?: boolean
  /** Recorded keys are not found again. */
  readonly forgetsKeys?: boolean
  /** A lost answer is told as if nothing had been written. */
  readonly deniesLost?: boolean
  /** Changes are acknowledged without being written, one in so many. */
  readonly drops?: number
  /** Holds whose time is over are not loaded, nor told of. */
  readonly hidesDue?: boolean
  /** The last balance of changes is not written. */
  readonly tears?: boolean
  /** What a transaction decides on is read when it is asked for, before it has its locks. */
  readonly readsEarly?: boolean
  /** Every so many transactions are carried out twice. */
  readonly repeats?: number
  /** The feed goes by ids, which say little about who commits first. */
  readonly feedsById?: boolean
  /** Where a subscriber is, is saved as soon as it has been told of something. */
  readonly savesEarly?: boolean
}

const failed = (reason: StoreError["reason"], message: string) =>
  Exit.fail(new StoreError({ reason, message, cause: null }))

export const refusal = (reason: StoreError["reason"]) => failed(reason, "As the script has it")

const blockOf = 10_000

/**
 * The memory store behind a network: whatever a process asks for waits until it is carried out, and its answer waits
 * until it is handed over. Ids are given out in blocks, as to several processes.
 */
export class SimulatedStore {
  readonly waiting: Array<Operation> = []
  readonly commits: Array<Commit> = []
  readonly feed = new Feed()
  /** What was carried out, in order, if it is to be played again. */
  readonly played: Array<Played> | null
  readonly inner: Store["Service"]
  readonly clock: WallClock
  readonly #faults: StoreFaults
  readonly #guarded: boolean
  readonly #time: Time
  readonly #context: Context.Context<never>
  /** By how much each process knows the store's clock to be ahead: what it was when it last read it. */
  readonly #knownAhead = new Map<number, number>()
  /** Who last wanted a turn in each process. */
  readonly #workers = new Map<number, readonly [subscriber: string, worker: string]>()
  #blocks = 1
  #writes = 0
  #transactions = 0

  constructor(time: Time, guarded: boolean, faults: StoreFaults, records = false) {
    this.#faults = faults
    this.played = records ? [] : null
    this.#guarded = guarded
    this.#time = time
    this.clock = new WallClock(time, new Loop())
    this.#context = Context.make(Clock.Clock, this.clock)
    const context = Effect.runSync(Effect.scoped(Layer.build(Layer.fresh(MemoryStore.layer))))
    this.inner = Context.get(context, Store)
  }

  /** Runs something on the store itself, at once. */
  now<A, E>(effect: Effect.Effect<A, E>): A {
    return Effect.runSyncWith(this.#context)(effect)
  }

  /** The store as a process has it. */
  serve(process: number): Store["Service"] {
    const wait = <A>(kind: Operation["kind"], apply: Operation["apply"]): Effect.Effect<A, StoreError> =>
      Effect.withFiber((fiber) =>
        Effect.callback<A, StoreError>((resume) => {
          let ahead: number | null = null
          const answer = (exit: Exit.Exit<unknown, StoreError>) => {
            if (ahead !== null && Exit.isSuccess(exit)) this.#knownAhead.set(process, ahead)
            resume(exit as Exit.Exit<A, StoreError>)
          }
          const applying = () => {
            if (kind === "transact") ahead = this.clock.ahead
            return apply()
          }
          this.waiting.push({ process, fiber: fiber.id, kind, apply: applying, answer })
        })
      )
    const read = <A>(effect: Effect.Effect<A, StoreError>): Effect.Effect<A, StoreError> =>
      wait("read", () => ({ exit: this.#run(() => this.now(effect)), commit: null }))
    const stock: StockDriver = {
      transact: (footprint, fold) =>
        Effect.suspend(() => {
          const early = this.#faults.readsEarly === true ? this.#read(footprint) : null
          return wait("transact", () => this.#transact(process, footprint, fold, early))
        }),
      ...(this.#guarded
        ? {
            storeGuarded: (changes, guard, wantsIds) => {
              const at = Math.floor(this.#time.now) + (this.#knownAhead.get(process) ?? 0)
              return wait<Guarded>("guarded", () => this.#store(process, { changes, guard, wantsIds, at }))
            }
          }
        : {})
    }
    const { ledger } = this.inner
    const slow: LedgerDriver = {
      ...ledger,
      now: read(ledger.now),
      dueHolds: (limit) => read(ledger.dueHolds(limit)),
      dueBatches: (since, limit) => read(ledger.dueBatches(since, limit)),
      changes: (_, cursor, limit) =>
        read(
          Effect.suspend(() => {
            if (this.#faults.feedsById === true) return Effect.succeed(this.feed.afterId(cursor, limit))
            const page = this.feed.after(cursor, limit)
            const worker = this.#workers.get(process)
            if (this.#faults.savesEarly !== true || worker === undefined) return Effect.succeed(page)
            return Effect.as(ledger.saveCursor(...worker, page.cursor), page)
          })
        ),
      claim: (subscriber, worker, millis, from) => {
        this.#workers.set(process, [subscriber, worker])
        return read(ledger.claim(subscriber, worker, millis, from))
      },
      saveCursor: (subscriber, worker, cursor) => read(ledger.saveCursor(subscriber, worker, cursor)),
      yieldTurn: (subscriber, worker) => read(ledger.yieldTurn(subscriber, worker))
    }
    return Store.of({ ...this.inner, stock, ledger: slow })
  }

  #run<A>(work: () => A): Exit.Exit<A, StoreError> {
    try {
      return Exit.succeed(work())
    } catch (cause) {
      return Exit.failCause(Cause.die(cause))
    }
  }

  #commit(process: number, changes: Changes | null, at: number): Commit {
    const commit = { process, changes, at }
    this.commits.push(commit)
    if (changes !== null) this.feed.committed(changes)
    return commit
  }

  /** What is written of changes: all, but for faults. */
  #written(changes: Changes | null): Changes | null {
    if (changes === null) return null
    this.#writes += 1
    if (this.#faults.drops !== undefined && this.#writes % this.#faults.drops === 0) return null
    return this.#faults.tears === true ? { ...changes, balances: changes.balances.slice(0, -1) } : changes
  }

  #read(footprint: Footprint): Loaded | null {
    let read: Loaded | null = null
    const work = this.inner.stock.transact(footprint, (loaded) => {
      read = loaded
      return null
    })
    this.now(work)
    return read
  }

  #transact(process: number, footprint: Footprint, fold: Fold, early: Loaded | null) {
    let changes: Changes | null = null
    let times = this.#faults.repeats !== undefined && ++this.#transactions % this.#faults.repeats === 0 ? 2 : 1
    const exit = this.#run(() => {
      const work = this.inner.stock.transact(footprint, (current) => {
        const nextId = blockOf * this.#blocks++
        const loaded = early ?? current
        const { records, holds, now } = loaded
        const given: Loaded = {
          ...loaded,
          records: this.#faults.forgetsKeys === true ? [] : records,
          holds: this.#faults.hidesDue === true ? holds.filter((hold) => (hold.expiresAt ?? now + 1) > now) : holds,
          nextId,
          idLimit: nextId + blockOf
        }
        changes = fold(given)
        this.played?.push({ kind: "transact", now, footprint, fold, loaded: given, changes })
        return this.#written(changes)
      })
      for (; times > 0; times--) this.now(work)
    })
    return {
      exit,
      commit: Exit.isSuccess(exit) ? this.#commit(process, changes, this.clock.currentTimeMillisUnsafe()) : null
    }
  }

  #store(process: number, { changes, guard, wantsIds, at }: Sent) {
    let stored = false
    const exit = this.#run((): Guarded => {
      const work = this.inner.stock.transact(guardFootprint(guard, changes), (loaded) => {
        stored = this.#faults.ignoresGuards === true || guardHolds(loaded, guard, changes)
        this.played?.push({ kind: "guarded", now: loaded.now, changes, guard, stored })
        return stored && !isEmpty(changes) ? this.#written(changes) : null
      })
      this.now(work)
      if (!stored || !wantsIds) return { stored, ids: null }
      const nextId = blockOf * this.#blocks++
      return { stored, ids: { nextId, idLimit: nextId + blockOf } }
    })
    return { exit, commit: stored ? this.#commit(process, changes, at) : null }
  }
}

type Footprint = Parameters<StockDriver["transact"]>[0]
type Fold = Parameters<StockDriver["transact"]>[1]

/** What was sent to be stored if a guard holds, and when. */
interface Sent {
  readonly changes: Changes
  readonly guard: Guard
  readonly wantsIds: boolean
  readonly at: number
}

const isEmpty = ({ items, events, records }: Changes) => items.length + events.length + records.length === 0
