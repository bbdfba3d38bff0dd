import type { LedgerDriver, OrganizationId, StoreError } from "@stockbook/core"
import { Effect, Option, Schema, Stream } from "effect"
import { EventPage, eventRow } from "./EventRow.ts"

/** How often a stream looks, in milliseconds: what others commit, in this process or any, is none of its cost. */
const PAUSE = 500
/** After so many looks that found nothing it says that it lives, each 15 s: proxies close what is silent. */
const LOOKS = 30
/** A token that expires meanwhile is not served for longer. */
const LIFE = "5 minutes"
const MOST = 500

type Page = typeof EventPage.Type

const encoder = new TextEncoder()
const encodePage = Schema.encodeSync(Schema.fromJsonString(EventPage))

/** Whether a client takes a stream, by its `Accept`. */
export const isStreamed = (accept: string | undefined): boolean => /text\/event-stream/i.test(accept ?? "")

/** What happened since a cursor, at most a page of it. */
export const eventPage = Effect.fnUntraced(function* (
  ledger: LedgerDriver,
  organization: OrganizationId,
  cursor: string
): Effect.fn.Return<Page, StoreError> {
  // Read before the page: where the organization has nothing before it, there is nothing of it to come either, and what
  // others did meanwhile need not be passed over again.
  const head = yield* ledger.head
  const page = yield* ledger.changes(organization, cursor, MOST)
  const events = page.changes.map(eventRow).filter((row) => row !== null)
  return { events, cursor: page.changes.length === 0 ? head : page.cursor }
})

/**
 * What happens from a cursor on, as an event stream. A page is read when the one before has been taken by the client's
 * connection, so that a client that reads slowly costs one page of memory. It ends when it is not served any more, so that
 * it does not hold up a server that is to be closed.
 */
export const eventStream = (
  ledger: LedgerDriver,
  organization: OrganizationId,
  { from, isServed }: { readonly from: string; readonly isServed: () => boolean }
): Stream.Stream<Uint8Array, StoreError> => {
  const next = Effect.fnUntraced(function* (from: string) {
    let cursor = from
    for (let look = 0; look < LOOKS; look++) {
      yield* Effect.sleep(PAUSE)
      if (!isServed()) return null
      const page = yield* eventPage(ledger, organization, cursor)
      cursor = page.cursor
      if (page.events.length > 0) return message(page)
    }
    return { cursor, text: `: still here\nid: ${cursor}\n\n` }
  })
  // The first message lets the client know at once that it is served, and from where.
  return Stream.concat(
    Stream.make(message({ events: [], cursor: from }).text),
    Stream.paginate(from, (cursor) =>
      Effect.map(next(cursor), (found) =>
        found === null ? ([[], Option.none()] as const) : ([[found.text], Option.some(found.cursor)] as const)
      )
    )
  ).pipe(
    Stream.interruptWhen(Effect.sleep(LIFE)),
    Stream.map((text) => encoder.encode(text))
  )
}

const message = (page: Page) => ({ cursor: page.cursor, text: `id: ${page.cursor}\ndata: ${encodePage(page)}\n\n` })
