import {
  type Actor,
  DocumentId,
  ItemId,
  LocationId,
  type Outcome,
  type StockDocument,
  StockEngine,
  StockQueries,
  type Transfer
} from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once } from "../../exchange/CurrentWrite.ts"
import { paged, pageOf } from "../../fields/Page.ts"
import { periodOf } from "../../fields/Period.ts"
import { BadRequest } from "../../problems/Problem.ts"
import { acting } from "../acting.ts"
import { doneBy } from "../doneBy.ts"
import { ledgerRows } from "../ledgerRows.ts"
import { unread, unreadOrMissing } from "../refusal.ts"
import { isNoId, places } from "./places.ts"
import { relating } from "./related.ts"
import { transferName } from "./StockMovement.ts"
import { itemOf, statusNamed, transferView } from "./StockTransfer.ts"
import { noTransfer, refuseTransfer, sameWarehouse } from "./stockRefusal.ts"
import { WarehouseManagement } from "./WarehouseManagement.ts"

const listing = acting(unread)
const reading = acting(unreadOrMissing)
const writing = acting(refuseTransfer)

export const transferHandlers = HttpApiBuilder.group(
  WarehouseManagement,
  "warehouse-management.stock-transfers",
  Effect.fnUntraced(function* (handlers) {
    const engine = yield* StockEngine
    const queries = yield* StockQueries
    const { product, warehouse } = yield* places
    const relatedTo = yield* relating

    const views = (actor: Actor, transfers: ReadonlyArray<Transfer>) =>
      Effect.gen(function* () {
        const [first] = transfers
        if (first === undefined) return []
        const related = yield* relatedTo(actor.organization, first.transit, {
          items: transfers.map(itemOf),
          locations: transfers.flatMap(({ from, to }) => [from, to]),
          users: transfers.map((transfer) => transfer.actor)
        })
        return transfers.map((transfer) => transferView(transfer, related))
      })
    const view = (actor: Actor, transfer: Transfer) =>
      Effect.flatMap(views(actor, [transfer]), ([only]) =>
        only === undefined ? Effect.die(new Error("A transfer has a view")) : Effect.succeed(only)
      )
    /** The transfer as a command left it. */
    const after = (actor: Actor, { documents }: Outcome) =>
      Effect.flatMap(transferOf(documents[0]), (transfer) => view(actor, transfer))

    /** Ids start at 1; no other number is one. */
    const target = (id: number) => (id > 0 ? Effect.succeed({ id: DocumentId.make(id) }) : noTransfer())

    return handlers.handleAll({
      list: listing((actor, { query }) =>
        Effect.gen(function* () {
          const page = pageOf(query)
          const { product_id, from_warehouse_id, to_warehouse_id } = query
          if ([product_id, from_warehouse_id, to_warehouse_id].some(isNoId)) return paged([], 0, page)
          const filter = {
            organization: actor.organization,
            kind: "transfer" as const,
            item: product_id === undefined ? undefined : ItemId.make(product_id),
            from: from_warehouse_id === undefined ? undefined : LocationId.make(from_warehouse_id),
            to: to_warehouse_id === undefined ? undefined : LocationId.make(to_warehouse_id),
            status: query.status === undefined ? undefined : statusNamed(query.status),
            search: query.search === "" ? undefined : query.search,
            createdFrom: periodOf(query.created_from_date)?.from,
            createdUntil: periodOf(query.created_to_date)?.until
          }
          const order = query.sort_by === "created_asc" ? "oldest" : "newest"
          const total = yield* queries.countDocuments(filter)
          const found = queries.documents(filter, { order, offset: page.offset, limit: page.limit })
          const rows = yield* ledgerRows(page, "page", found, Effect.succeed(total))
          return paged(yield* views(actor, rows.filter(isTransfer)), total, page)
        })
      ),
      create: writing((actor, { payload }) =>
        Effect.gen(function* () {
          if (payload.from_warehouse_id === payload.to_warehouse_id) return yield* sameWarehouse()
          const item = yield* product(actor, payload.product_id)
          const from = yield* warehouse(actor, payload.from_warehouse_id)
          const to = yield* warehouse(actor, payload.to_warehouse_id)
          const outcome = yield* engine.execute(
            {
              _tag: "RequestTransfer",
              ...doneBy(actor),
              from,
              to,
              lines: [{ item, quantity: payload.quantity }],
              label: payload.transfer_reference === "" ? null : (payload.transfer_reference ?? null),
              note: payload.notes ?? null
            },
            yield* once()
          )
          return yield* after(actor, outcome)
        })
      ),
      get: reading((actor, { params }) =>
        Effect.gen(function* () {
          const document = yield* queries.document(actor.organization, yield* target(params.transfer_id))
          return document === null || !isTransfer(document) ? yield* noTransfer() : yield* view(actor, document)
        })
      ),
      complete: writing((actor, { params }) =>
        Effect.gen(function* () {
          const transfer = yield* target(params.transfer_id)
          const reference = transferName(params.transfer_id)
          const outcome = yield* engine
            .execute({ _tag: "CompleteTransfer", ...doneBy(actor), transfer, reference }, yield* once())
            .pipe(Effect.catchTags({ TransferClosed: notPending, TransferNotPending: notPending }))
          return yield* after(actor, outcome)
        })
      ),
      cancel: writing((actor, { params }) =>
        Effect.gen(function* () {
          const transfer = yield* target(params.transfer_id)
          const reference = transferName(params.transfer_id)
          const outcome = yield* engine
            .execute(
              { _tag: "CancelTransfer", ...doneBy(actor), transfer, reference, pendingOnly: true },
              yield* once()
            )
            .pipe(Effect.catchTags({ TransferClosed: notCancelled, TransferNotPending: notCancelled }))
          return yield* after(actor, outcome)
        })
      )
    })
  })
)

const isTransfer = (document: StockDocument): document is Transfer => document.kind === "transfer"

const transferOf = (document: StockDocument | undefined) =>
  document === undefined || !isTransfer(document)
    ? Effect.die(new Error("A command on a transfer answers with it"))
    : Effect.succeed(document)

const notPending = () => new BadRequest({ detail: "Transfer is not in pending status" })
const notCancelled = () => new BadRequest({ detail: "Only pending transfers can be cancelled" })
