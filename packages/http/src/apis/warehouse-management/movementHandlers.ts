import {
  type Actor,
  type CommandInput,
  ItemId,
  LocationId,
  locationOf,
  type Movement,
  parseMoney,
  StockEngine,
  StockQueries
} from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once } from "../../exchange/CurrentWrite.ts"
import { paged, pageOf } from "../../fields/Page.ts"
import { periodOf } from "../../fields/Period.ts"
import { acting } from "../acting.ts"
import { doneBy } from "../doneBy.ts"
import { ledgerRows } from "../ledgerRows.ts"
import { movementsPage } from "../movementsPage.ts"
import { unread } from "../refusal.ts"
import { isNoId, places } from "./places.ts"
import { relating } from "./related.ts"
import { type MovementForm, movementView, passageNamed } from "./StockMovement.ts"
import { refuseMovement } from "./stockRefusal.ts"
import { WarehouseManagement } from "./WarehouseManagement.ts"

const listing = acting(unread)
const writing = acting(refuseMovement)

export const movementHandlers = HttpApiBuilder.group(
  WarehouseManagement,
  "warehouse-management.stock-movements",
  Effect.fnUntraced(function* (handlers) {
    const engine = yield* StockEngine
    const queries = yield* StockQueries
    const { product, warehouse, transit } = yield* places
    const relatedTo = yield* relating

    const related = ({ organization }: Actor, at: LocationId, movements: ReadonlyArray<Movement>) =>
      relatedTo(organization, at, {
        items: movements.map(({ item }) => item),
        locations: movements.map((movement) => locationOf(movement, at)),
        users: movements.map(({ actor }) => actor)
      })

    return handlers.handleAll({
      list: listing((actor, { query }) =>
        Effect.gen(function* () {
          const page = pageOf(query)
          if ([query.product_id, query.warehouse_id].some(isNoId)) return paged([], 0, page)
          const filter = {
            organization: actor.organization,
            item: query.product_id === undefined ? undefined : ItemId.make(query.product_id),
            location: query.warehouse_id === undefined ? undefined : LocationId.make(query.warehouse_id),
            passage: query.movement_type === undefined ? ("any" as const) : passageNamed(query.movement_type),
            search: query.search === "" ? undefined : query.search,
            from: periodOf(query.created_from_date)?.from,
            until: periodOf(query.created_to_date)?.until
          }
          const order = query.sort_by === "created_asc" ? "oldest" : "newest"
          const asked = [transit(actor), queries.countMovements(filter)] as const
          const [way, total] = yield* Effect.all(asked, { concurrency: "unbounded" })
          if (query.warehouse_id === way) return paged([], 0, page)
          const found = movementsPage(queries, filter, { order, offset: page.offset, limit: page.limit }, total)
          const rows = yield* ledgerRows(page, "page", found, Effect.succeed(total))
          const beside = yield* related(actor, way, rows)
          return paged(
            rows.map((movement) => movementView(movement, beside)),
            total,
            page
          )
        })
      ),
      record: writing((actor, { payload }) =>
        Effect.gen(function* () {
          const item = yield* product(actor, payload.product_id)
          const location = yield* warehouse(actor, payload.warehouse_id)
          const { movements } = yield* engine.execute(commandOf(actor, item, location, payload), yield* once())
          const [first] = movements
          if (first === undefined) return yield* Effect.die(new Error("A quantity other than 0 moved nothing"))
          const beside = yield* related(actor, yield* transit(actor), [first])
          // What goes out may be taken from several batches, each a row of the ledger: the answer is about all of it.
          return movementView(first, beside, signed(payload))
        })
      )
    })
  })
)

type Form = typeof MovementForm.Type

/** Out is negative. */
const signed = ({ movement_type, quantity }: Form): number =>
  movement_type === "sale" || movement_type === "damaged" ? -Math.abs(quantity) : quantity

const commandOf = (actor: Actor, item: ItemId, location: LocationId, form: Form): CommandInput => {
  const unitCost = form.unit_cost == null ? undefined : parseMoney(form.unit_cost)
  const context = {
    ...doneBy(actor),
    reason: form.movement_type,
    ...(form.reference_number == null || form.reference_number === "" ? {} : { reference: form.reference_number }),
    ...(form.notes == null ? {} : { note: form.notes })
  }
  const units = { item, location, ...(unitCost === undefined ? {} : { unitCost }) }
  const lines = [{ ...units, quantity: Math.abs(form.quantity) }] as const
  switch (form.movement_type) {
    case "purchase":
      return { _tag: "Receive", ...context, from: "supplier", lines }
    case "return":
      return { _tag: "Receive", ...context, from: "customer", lines }
    case "sale":
      return { _tag: "Issue", ...context, to: "customer", lines }
    case "damaged":
      return { _tag: "Issue", ...context, to: "loss", lines }
    case "adjustment":
      return { _tag: "Adjust", ...context, lines: [{ ...units, delta: form.quantity }] }
    case "transfer_in":
    case "transfer_out":
      throw new TypeError("The form takes no transfers")
  }
}
