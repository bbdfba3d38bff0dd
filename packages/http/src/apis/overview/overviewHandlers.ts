import { IncomingMessage } from "node:http"
import { Server } from "node:net"
import {
  type Actor,
  Catalog,
  type InvalidInput,
  ItemId,
  LocationId,
  StockQueries,
  Store,
  type StoreError
} from "@stockbook/core"
import { Array as Arr, Effect, Stream } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { paged, pageOf } from "../../fields/Page.ts"
import { NotFound, type TooManyRequests } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { eventStreams } from "./EventStreams.ts"
import { eventPage, eventStream, isStreamed } from "./eventStream.ts"
import { holdRow } from "./HoldRow.ts"
import { ledgerRow } from "./LedgerRow.ts"
import { Overview } from "./Overview.ts"
import { DEFAULT_LIMIT, DEFAULT_WITHIN } from "./OverviewGroup.ts"
import { stockRow } from "./StockRow.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const watching = acting((error: StoreError | InvalidInput | TooManyRequests) =>
  "_tag" in error ? unread(error) : Effect.fail(error)
)

/** How many products' stock is read at a time. */
const AT_A_TIME = 5

export const overviewHandlers = HttpApiBuilder.group(
  Overview,
  "overview.stock",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const queries = yield* StockQueries
    const { ledger } = yield* Store
    const streams = eventStreams()

    const placeNames = Effect.fnUntraced(function* ({ organization }: Actor, ids: ReadonlyArray<number>) {
      const names = new Map<number, string>()
      for (const some of Arr.chunksOf([...new Set(ids)], 1000)) {
        const wanted = some.map((id) => LocationId.make(id))
        const { rows } = yield* catalog.locations({ organization, ids: wanted, offset: 0, limit: 1000 })
        for (const { id, name } of rows) names.set(id, name)
      }
      return names
    })

    const itemNames = Effect.fnUntraced(function* (
      { organization }: Actor,
      items: ReadonlyArray<ItemId>
    ): Effect.fn.Return<Map<ItemId, string>, StoreError | InvalidInput> {
      const names = new Map<ItemId, string>()
      for (const ids of Arr.chunksOf([...new Set(items)], 1000)) {
        const { rows } = yield* catalog.items({ organization, ids, offset: 0, limit: 1000 })
        for (const { id, name } of rows) names.set(id, name)
      }
      return names
    })

    return handlers.handleAll({
      stock: listing((actor, { query }) =>
        Effect.gen(function* () {
          const { organization } = actor
          const page = pageOf(query)
          const place = query.warehouse_id
          const { rows, total } =
            place !== undefined && place < 1
              ? { rows: [], total: 0 }
              : yield* catalog.items({
                  organization,
                  active: true,
                  search: query.search === "" ? undefined : query.search,
                  lowStock: query.low_stock ?? false,
                  location: place === undefined ? undefined : LocationId.make(place),
                  sort: "name_asc",
                  offset: page.offset,
                  limit: page.limit
                })
          const stock = yield* Effect.forEach(rows, ({ id }) => queries.stock(organization, id), {
            concurrency: AT_A_TIME
          })
          const names = yield* placeNames(
            actor,
            stock.flatMap((each) => each?.byLocation.map(({ location }) => location) ?? [])
          )
          const shown = rows.map((item, index) => stockRow(item, stock[index] ?? null, names))
          return paged(shown, total, page)
        })
      ),
      history: reading(({ organization }, { params, query }) =>
        Effect.gen(function* () {
          const id = params.product_id
          const item = id > 0 ? yield* catalog.item(organization, ItemId.make(id)) : null
          if (item === null) return yield* new NotFound({ detail: "Product not found" })
          const limit = query.limit ?? DEFAULT_LIMIT
          const found = yield* queries.movements(
            { organization, item: item.id },
            { order: "newest", after: query.before, limit }
          )
          const next = found.length < limit ? null : (found.at(-1)?.id ?? null)
          return { product_id: item.id, product_name: item.name, items: found.map(ledgerRow), next }
        })
      ),
      holds: listing((actor, { query }) =>
        Effect.gen(function* () {
          const within = (query.within ?? DEFAULT_WITHIN) * 1000
          const found = yield* queries.expiringHolds(actor.organization, {
            within,
            limit: query.limit ?? DEFAULT_LIMIT
          })
          const names = yield* itemNames(
            actor,
            found.flatMap(({ lines }) => lines.map(({ item }) => item))
          )
          return found.map((hold) => holdRow(hold, names))
        })
      ),
      events: watching((actor, { query, headers, request }) =>
        Effect.gen(function* () {
          const { organization } = actor
          const cursor = query.after ?? headers["last-event-id"] ?? (yield* ledger.head)
          if (!isStreamed(request.headers["accept"])) return yield* eventPage(ledger, organization, cursor)
          yield* streams.enter(actor)
          return eventStream(ledger, organization, { from: cursor, isServed: () => isListening(request.source) }).pipe(
            Stream.ensuring(streams.leave(actor))
          )
        })
      )
    })
  })
)

/** Whether the server that a request came to still takes others; one that is being closed waits for its answers. */
const isListening = (source: object): boolean => {
  const server: unknown = source instanceof IncomingMessage ? Reflect.get(source.socket, "server") : undefined
  return !(server instanceof Server) || server.listening
}
