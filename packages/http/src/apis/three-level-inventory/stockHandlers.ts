import {
  type Actor,
  BatchId,
  Catalog,
  type CommandError,
  type Outcome,
  onHand,
  StockEngine,
  type StockedItem,
  StockQueries,
  VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { onceUnchangedItem } from "../../exchange/CurrentWrite.ts"
import { missing, StockFailure } from "../../problems/EnvelopeProblem.ts"
import { acting } from "../acting.ts"
import { doneBy } from "../doneBy.ts"
import { dayOf, given } from "./fields.ts"
import { findItem } from "./finding.ts"
import type { StockForm } from "./InventoryForms.ts"
import { type Refusal, refuse } from "./refusal.ts"
import { withData, withMessage } from "./replies.ts"
import { ThreeLevelInventory } from "./ThreeLevelInventory.ts"
import { recordView } from "./views.ts"

const acted = acting(refuse)

type Form = typeof StockForm.Type

export const stockHandlers = HttpApiBuilder.group(
  ThreeLevelInventory,
  "three-level-inventory.stock",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const engine = yield* StockEngine
    const queries = yield* StockQueries

    /** The variation and batch a request names, if they are the item's. */
    const partsOf = Effect.fnUntraced(function* (
      { organization }: Actor,
      item: StockedItem,
      variationId: number | undefined,
      batchId: number | undefined
    ) {
      const variation =
        variationId === undefined || variationId < 1
          ? null
          : yield* catalog.variation(organization, VariationId.make(variationId))
      const batch =
        batchId === undefined || batchId < 1 ? null : yield* catalog.batch(organization, BatchId.make(batchId))
      const strayVariation = variationId !== undefined && (variation?.item !== item.id || !variation.active)
      const strayBatch =
        batchId !== undefined &&
        (batch?.item !== item.id || !batch.active || (variation !== null && batch.variation !== variation.id))
      return { variation, batch, stray: strayVariation ? "Variation not found" : strayBatch ? "Batch not found" : null }
    })

    type Parts = Effect.Success<ReturnType<typeof partsOf>>

    /** What a request names as a selector; the batch names its variation too. */
    const selector = (item: StockedItem, { variation, batch }: Parts) => ({
      item: item.id,
      ...(variation === null ? {} : { variation: variation.id }),
      ...(batch === null
        ? {}
        : { batch: batch.id, ...(batch.variation === null ? {} : { variation: batch.variation }) })
    })

    const moved = Effect.fnUntraced(function* (item: StockedItem, parts: Parts, outcome: Outcome, units: number) {
      const record = recordView(outcome.movements)
      if (record === null) return yield* Effect.die(new Error("Stock moved without a movement"))
      const stock = yield* queries.stock(item.organization, item.id)
      const at = (levels: Parameters<typeof onHand>[0] | undefined) => (levels === undefined ? 0 : onHand(levels))
      const { variation, batch } = parts
      return {
        inventory: { id: item.id, name: item.name, stock_quantity: record.balance_after },
        variation:
          variation === null
            ? null
            : {
                id: variation.id,
                variation_value: variation.name,
                stock_quantity: at(stock?.byVariation.find((each) => each.variation === variation.id))
              },
        batch:
          batch === null
            ? null
            : {
                id: batch.id,
                batch_name: batch.name,
                stock_quantity: at(stock?.byBatch.find((each) => each.batch === batch.id))
              },
        stock_record: record,
        old_stock: record.balance_after - units,
        new_stock: record.balance_after
      }
    })

    const context = (actor: Actor, form: Form, reason: string) => {
      const invoice = given(form.related_invoice_id)
      return {
        ...doneBy(actor),
        reason,
        note: given(form.note) ?? null,
        reference: invoice === undefined ? null : String(invoice)
      }
    }

    /** What is short, level by level: the item, then the variation, then the batch. */
    const shortfall = (item: StockedItem, parts: Parts, requested: number, error: CommandError) =>
      Effect.gen(function* () {
        if (error._tag !== "InsufficientStock") return error.message
        const stock = yield* queries.stock(item.organization, item.id)
        const short = (what: string, available: number) =>
          `Insufficient ${what}stock. Available: ${available}, Requested: ${requested}`
        const total = stock?.total.available ?? 0
        const { variation, batch } = parts
        if (variation === null && batch === null) return short("", error.available)
        if (total < requested) return short("", total)
        if (batch === null) return short("variation ", error.available)
        const named = variation?.id ?? batch.variation
        const ofVariation = stock?.byVariation.find((each) => each.variation === named)?.available ?? 0
        return named !== null && ofVariation < requested
          ? short("variation ", ofVariation)
          : short("batch ", error.available)
      })

    const failing =
      (message: string, item: StockedItem, parts: Parts, quantity: number) =>
      (error: CommandError): Effect.Effect<never, Refusal> => {
        switch (error._tag) {
          case "InsufficientStock":
          case "QuantityOverflow":
          case "InactiveLocation":
          case "SerialsRequired":
            return Effect.flatMap(
              shortfall(item, parts, quantity, error),
              (said) => new StockFailure({ success: false, message, error: said })
            )
          default:
            return Effect.fail(error)
        }
      }

    return handlers.handleAll({
      add: acted((actor, { params, payload }) =>
        Effect.gen(function* () {
          const message = "Failed to add stock"
          const item = yield* findItem(catalog, actor, params.id)
          const parts = yield* partsOf(actor, item, given(payload.variation_id), given(payload.batch_id))
          if (parts.stray !== null) return yield* new StockFailure({ success: false, message, error: parts.stray })
          const lines = [{ ...selector(item, parts), quantity: payload.quantity }] as const
          const options = yield* onceUnchangedItem(item)
          const outcome = yield* engine
            .execute({ _tag: "Receive", ...context(actor, payload, "purchase"), lines }, options)
            .pipe(Effect.catch(failing(message, item, parts, payload.quantity)))
          const view = yield* moved(item, parts, outcome, payload.quantity)
          return withMessage("Stock added successfully", { ...view, quantity_added: payload.quantity })
        })
      ),
      reduce: acted((actor, { params, payload }) =>
        Effect.gen(function* () {
          const message = "Failed to reduce stock"
          const item = yield* findItem(catalog, actor, params.id)
          const parts = yield* partsOf(actor, item, given(payload.variation_id), given(payload.batch_id))
          if (parts.stray !== null) return yield* new StockFailure({ success: false, message, error: parts.stray })
          const lines = [{ ...selector(item, parts), quantity: payload.quantity }] as const
          const options = yield* onceUnchangedItem(item)
          const outcome = yield* engine
            .execute({ _tag: "Issue", ...context(actor, payload, "sale"), lines }, options)
            .pipe(Effect.catch(failing(message, item, parts, payload.quantity)))
          const view = yield* moved(item, parts, outcome, -payload.quantity)
          return withMessage("Stock reduced successfully", { ...view, quantity_reduced: payload.quantity })
        })
      ),
      balance: acted((actor, { params, query }) =>
        Effect.gen(function* () {
          const item = yield* findItem(catalog, actor, params.id)
          const { variation, batch, stray } = yield* partsOf(
            actor,
            item,
            given(query.variation_id),
            given(query.batch_id)
          )
          if (stray !== null) return yield* missing(stray)
          return withData({
            inventory_id: item.id,
            inventory_name: item.name,
            inventory_stock: onHand(item),
            ...(variation === null
              ? {}
              : {
                  variation_id: variation.id,
                  variation_value: variation.name,
                  variation_stock: onHand(variation.levels)
                }),
            ...(batch === null
              ? {}
              : {
                  batch_id: batch.id,
                  batch_name: batch.name,
                  batch_stock: onHand(batch.levels),
                  batch_expiry_date: dayOf(batch.expiresAt)
                })
          })
        })
      )
    })
  })
)
