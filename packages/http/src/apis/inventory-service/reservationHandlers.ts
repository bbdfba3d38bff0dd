import { type Actor, Catalog, type HoldTarget, type ItemId, type Outcome, StockEngine } from "@stockbook/core"
import { Array as Arr, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once } from "../../exchange/CurrentWrite.ts"
import { acting } from "../acting.ts"
import { doneBy } from "../doneBy.ts"
import { itemIds } from "../ProductReference.ts"
import { InventoryService } from "./InventoryService.ts"
import { linesOf, type OrderForm, type What } from "./ReservationForms.ts"
import { type Affected, affectedView, movedUnits, reservedView } from "./ReservationView.ts"
import { insufficientHold, refuse } from "./refusal.ts"

const within = acting(refuse)

const holdOf = (order: string | number): HoldTarget => ({ reference: String(order) })

interface Asked<Form> {
  readonly payload: Form
}

export const reservationHandlers = HttpApiBuilder.group(
  InventoryService,
  "inventory-service.reservations",
  Effect.fnUntraced(function* (handlers) {
    const engine = yield* StockEngine
    const catalog = yield* Catalog

    /** The lines a form asks for, as the engine takes them; `null` when it means a whole order. */
    const linesFor = ({ organization }: Actor, form: What) => {
      const lines = linesOf(form)
      if (lines === null) return Effect.succeed(null)
      const products = Arr.map(lines, (line) => line.product_id)
      return Effect.mapEager(itemIds(catalog, organization, products), (ids) =>
        Arr.zipWith(lines, ids, ({ quantity }, item): Affected => ({ item, quantity }))
      )
    }

    /** Gives back what an order holds: the lines of the form, or all of it. */
    const releaseOrder = (actor: Actor, { payload }: Asked<What>, order: string | number) =>
      Effect.gen(function* () {
        const lines = yield* linesFor(actor, payload)
        const outcome = yield* engine
          .execute(
            { _tag: "Release", ...doneBy(actor), hold: holdOf(order), ...(lines === null ? {} : { lines }) },
            yield* once()
          )
          .pipe(
            // An order that holds nothing holds less than what was named.
            Effect.mapError((error) =>
              error._tag === "UnknownHold" && lines !== null ? insufficientHold(lines[0].quantity, 0) : error
            )
          )
        return released(outcome, lines?.length === 1)
      })

    /** Gives back units held for no order, as many as there are of those asked for. */
    const releaseAnonymous = (actor: Actor, { payload }: Asked<What>) =>
      Effect.gen(function* () {
        const lines = yield* linesFor(actor, payload)
        if (lines === null) return yield* Effect.die("The form names no product")
        const [{ item, quantity }] = lines
        const outcome = yield* engine.execute(
          { _tag: "ReleaseAnonymous", ...doneBy(actor), item, quantity },
          yield* once()
        )
        return outcome.movements.length === 0 ? yield* releasedNone(actor, item) : released(outcome, true)
      })

    const releasedNone = ({ organization }: Actor, item: ItemId) =>
      Effect.map(catalog.item(organization, item), (stocked) => ({
        released: true as const,
        ...affectedView([{ item, quantity: 0 }], stocked === null ? [] : [{ ...stocked, item }], true)
      }))

    const settle = (tag: "Commit" | "Fulfil", actor: Actor, { payload }: Asked<typeof OrderForm.Type>) =>
      Effect.map(
        Effect.flatMap(once(), (options) =>
          engine.execute({ _tag: tag, ...doneBy(actor), hold: holdOf(payload.order_id) }, options)
        ),
        (outcome) => affectedView(movedUnits(outcome), outcome.items, false)
      )

    return handlers.handleAll({
      reserve: within((actor, { payload }) =>
        Effect.flatMapEager(linesFor(actor, payload), (lines) =>
          lines === null
            ? Effect.die("The form names no product")
            : Effect.mapEager(
                Effect.flatMapEager(once(), (options) =>
                  engine.execute(
                    {
                      _tag: "Reserve",
                      ...doneBy(actor),
                      ...(payload.order_id == null ? {} : { reference: String(payload.order_id) }),
                      ...(payload.expires_in == null ? {} : { expiresIn: payload.expires_in * 1000 }),
                      lines
                    },
                    options
                  )
                ),
                (outcome) => reservedView(outcome, lines, payload.items == null)
              )
        )
      ),
      release: within((actor, request) =>
        request.payload.order_id == null
          ? releaseAnonymous(actor, request)
          : releaseOrder(actor, request, request.payload.order_id)
      ),
      commit: within((actor, request) =>
        Effect.map(settle("Commit", actor, request), (view) => ({ committed: true as const, ...view }))
      ),
      fulfil: within((actor, request) =>
        Effect.map(settle("Fulfil", actor, request), (view) => ({ fulfilled: true as const, ...view }))
      )
    })
  })
)

const released = (outcome: Outcome, single: boolean) => ({
  released: true as const,
  ...affectedView(movedUnits(outcome), outcome.items, single)
})
