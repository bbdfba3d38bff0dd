import { Clock, Context, type Duration, Effect, Layer, Option, Random, Schedule, Stream } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import { CommitSignal } from "../engine/CommitSignal.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Change } from "./LedgerDriver.ts"

/** Changes that follow a cursor, and the cursor that follows them. */
export interface ChangePage {
  readonly changes: ReadonlyArray<Change>
  readonly cursor: string
}

/** How often a subscriber looks without having been woken: other processes commit too. */
const pollEvery = "1 second"
/** How long a worker's turn lasts unless it lengthens it, milliseconds: a worker that died is followed after this. */
const turn = 15_000
const pageSize = 500

/** Which changes a subscriber wants, and how soon. */
export interface SubscribeOptions {
  /** Events without movements: what the ledger grows by is then not read. */
  readonly only?: "events"
  /** How long it waits after a commit before it looks, so that a busy store is not asked after each; not at all by default. */
  readonly pause?: Duration.Input
}

/** Follows the ledger and the outbox, in their common order, without skipping anything. */
export class Subscriptions extends Context.Service<
  Subscriptions,
  {
    /** Changes after a cursor (`""` from the start), at most `limit`, of one organization or of all (`null`). */
    readonly read: (
      organization: OrganizationId | null,
      cursor: string,
      limit: number
    ) => Effect.Effect<ChangePage, StoreError>
    /** All changes after a cursor, and then those to come, page by page. Never ends by itself. */
    readonly follow: (organization: OrganizationId | null, cursor: string) => Stream.Stream<ChangePage, StoreError>
    /**
     * Lets a subscriber of a new name start with what comes after this, rather than with all there ever was. Changes
     * nothing for one that is known.
     */
    readonly startNow: (subscriber: string) => Effect.Effect<void, StoreError>
    /**
     * Hands every change to `handle`, in order, and remembers under the subscriber's name how far it came. Of all
     * workers of that name, in any process, one is active; another follows when it ends, or 15 s after it died. A
     * change is handed over at least once: after a crash between handling and remembering it comes again, with the
     * same id. When `handle` fails, nothing is remembered and the failure ends the subscription. Never ends by itself.
     */
    readonly subscribe: <E, R>(
      subscriber: string,
      handle: (changes: ReadonlyArray<Change>) => Effect.Effect<void, E, R>,
      options?: SubscribeOptions
    ) => Effect.Effect<never, E | StoreError, R>
  }
>()("@stockbook/core/ledger/Subscriptions") {
  static readonly layer: Layer.Layer<Subscriptions, never, Store | CommitSignal> = Layer.effect(
    Subscriptions,
    Effect.gen(function* () {
      const { ledger } = yield* Store
      const signal = yield* CommitSignal

      const follow = (organization: OrganizationId | null, from: string) =>
        Stream.paginate(from, (cursor) =>
          Effect.map(waitForChanges(organization, cursor), (page) => [[page], Option.some(page.cursor)] as const)
        )

      const waitForChanges = Effect.fnUntraced(function* (
        organization: OrganizationId | null,
        cursor: string
      ): Effect.fn.Return<ChangePage, StoreError> {
        while (true) {
          const page = yield* ledger.changes(organization, cursor, pageSize)
          if (page.changes.length > 0) return page
          yield* Effect.timeoutOption(signal.next, pollEvery)
        }
      })

      return Subscriptions.of({
        read: ledger.changes,
        follow,
        startNow: Effect.fnUntraced(function* (subscriber) {
          if ((yield* ledger.savedCursor(subscriber)) !== null) return
          // Nobody's turn: it is over as it begins.
          yield* ledger.claim(subscriber, "", 0, yield* ledger.head)
        }),
        subscribe: Effect.fn("Subscriptions.subscribe")(function* (subscriber, handle, options = {}) {
          const worker = `${yield* Random.next}${yield* Random.next}`
          const claim = ledger.claim(subscriber, worker, turn)
          const lengthen = Effect.repeat(claim, Schedule.spaced(turn / 3))
          const wait = Effect.andThen(Effect.timeoutOption(signal.next, pollEvery), Effect.sleep(options.pause ?? 0))
          let cursor: string | null = null
          let claimedAt = 0
          return yield* Effect.gen(function* () {
            while (true) {
              const now = yield* Clock.currentTimeMillis
              if (cursor === null || now - claimedAt > turn / 3) {
                cursor = yield* claim
                claimedAt = now
              }
              if (cursor === null) {
                // Commits are none of its business while it is another's turn.
                yield* Effect.sleep(pollEvery)
                continue
              }
              const page: ChangePage = yield* ledger.changes(null, cursor, pageSize, options.only)
              if (page.changes.length === 0) {
                yield* wait
                continue
              }
              yield* Effect.raceFirst(handle(page.changes), Effect.andThen(lengthen, Effect.never))
              cursor = (yield* ledger.saveCursor(subscriber, worker, page.cursor)) ? page.cursor : null
            }
          }).pipe(Effect.ensuring(Effect.ignore(ledger.yieldTurn(subscriber, worker))))
        })
      })
    })
  )
}
