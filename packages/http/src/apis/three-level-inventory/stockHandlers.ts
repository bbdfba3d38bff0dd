import {
  type Actor,
  BatchId,
  Catalog,
  type CommandError,
  type InsufficientStock,
  ItemId,
  type Outcome,
  onHand,
  type PartLevels,
  printedDate,
  StockEngine,
  StockQueries,
  VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once } from "../../exchange/CurrentWrite.ts"
import { missing, StockFailure } from "../../problems/EnvelopeProblem.ts"
import { acting } from "../acting.ts"
import { doneBy } from "../doneBy.ts"
import { dayOf, given } from "./fields.ts"
import { findBatch, findItem, findVariation } from "./finding.ts"
import type { StockForm } from "./InventoryForms.ts"
import { notHere, type Refusal, refuse } from "./refusal.ts"
import { withData, withMessage } from "./replies.ts"
import { ThreeLevelInventory } from "./ThreeLevelInventory.ts"
import { recordView } from "./views.ts"

const acted = acting(refuse)

type Form = typeof StockForm.Type

const words = {
  item: "Inventory item not found",
  variation: "Variation not found",
  batch: "Batch not found"
} as const

const adding = { tag: "Receive", reason: "purchase", message: "Failed to add stock" } as const
const reducing = { tag: "Issue", reason: "sale", message: "Failed to reduce stock" } as const

export const stockHandlers = HttpApiBuilder.group(
  ThreeLevelInventory,
  "three-level-inventory.stock",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const engine = yield* StockEngine
    const queries = yield* StockQueries

    /** What a request names, if there is such an item; else the answer that says so. */
    const namedBy = Effect.fnUntraced(function* (
      actor: Actor,
      id: number,
      variation: number | undefined,
      batch: number | undefined
    ) {
      const item = id > 0 ? ItemId.make(id) : null
      const names =
        item === null
          ? null
          : yield* catalog.named(actor.organization, {
              item,
              variation: variation === undefined || variation < 1 ? null : VariationId.make(variation),
              batch: batch === undefined || batch < 1 ? null : BatchId.make(batch)
            })
      if (item === null || names === null) return yield* notHere(catalog, "item", id)
      if (!names.item.active) return yield* missing(words.item)
      const strayVariation = variation !== undefined && names.variation?.active !== true
      const strayBatch =
        batch !== undefined &&
        (names.batch?.active !== true || (names.variation !== null && names.batch.variation !== names.variation.id))
      return {
        id: item,
        ...names,
        /** What is not the item's, or has been deleted. */
        stray: strayVariation ? words.variation : strayBatch ? words.batch : null
      }
    })

    type Named = Effect.Success<ReturnType<typeof namedBy>>

    /** What a request names as a selector; the batch names its variation too. */
    const selector = ({ id, variation, batch }: Named) => ({
      item: id,
      ...(variation === null ? {} : { variation: variation.id }),
      ...(batch === null
        ? {}
        : { batch: batch.id, ...(batch.variation === null ? {} : { variation: batch.variation }) })
    })

    /** What was moved, at all levels, as the command left them. */
    const moved = ({ id, item, variation, batch }: Named, outcome: Outcome, units: number) => {
      const record = recordView(outcome.movements)
      if (record === null) return Effect.die(new Error("Stock moved without a movement"))
      const left = (is: (part: PartLevels) => boolean) => {
        const part = outcome.parts?.find(is)
        return part === undefined ? 0 : onHand(part)
      }
      return Effect.succeed({
        inventory: { id, name: item.name, stock_quantity: record.balance_after },
        variation:
          variation === null
            ? null
            : {
                id: variation.id,
                variation_value: variation.name,
                stock_quantity: left((part) => part.variation === variation.id)
              },
        batch:
          batch === null
            ? null
            : { id: batch.id, batch_name: batch.name, stock_quantity: left((part) => part.batch === batch.id) },
        stock_record: record,
        old_stock: record.balance_after - units,
        new_stock: record.balance_after
      })
    }

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
    const shortfall = Effect.fnUntraced(function* (
      { organization }: Actor,
      { id, variation, batch }: Named,
      { available, requested }: InsufficientStock
    ) {
      const short = (what: string, units: number) =>
        `Insufficient ${what}stock. Available: ${units}, Requested: ${requested}`
      if (variation === null && batch === null) return short("", available)
      const stock = yield* queries.stock(organization, id)
      const total = stock?.total.available ?? 0
      if (total < requested) return short("", total)
      if (batch === null) return short("variation ", available)
      const of = variation?.id ?? batch.variation
      const ofVariation = stock?.byVariation.find((each) => each.variation === of)?.available ?? 0
      return of !== null && ofVariation < requested ? short("variation ", ofVariation) : short("batch ", available)
    })

    const failing =
      (message: string, actor: Actor, named: Named) =>
      (error: CommandError): Effect.Effect<never, Refusal> => {
        const because = (said: string) => new StockFailure({ success: false, message, error: said })
        switch (error._tag) {
          case "InsufficientStock":
            return Effect.flatMap(shortfall(actor, named, error), because)
          // What was deleted after its name was read.
          case "UnknownVariation":
          case "InactiveVariation":
            return because(words.variation)
          case "UnknownBatch":
          case "InactiveBatch":
            return because(words.batch)
          case "QuantityOverflow":
          case "InactiveLocation":
          case "SerialsRequired":
            return because(error.message)
          default:
            return Effect.fail(error)
        }
      }

    /** Carries out what a request asks: its names are read, and the engine says the rest. */
    const move = Effect.fnUntraced(function* (
      {
        tag,
        reason,
        message
      }: { readonly tag: "Receive" | "Issue"; readonly reason: string; readonly message: string },
      actor: Actor,
      id: number,
      form: Form
    ) {
      const named = yield* namedBy(actor, id, given(form.variation_id), given(form.batch_id))
      if (named.stray !== null) return yield* new StockFailure({ success: false, message, error: named.stray })
      const lines = [{ ...selector(named), quantity: form.quantity }] as const
      const outcome = yield* engine
        .execute({ _tag: tag, ...context(actor, form, reason), lines }, yield* once())
        .pipe(Effect.catch(failing(message, actor, named)))
      return yield* moved(named, outcome, tag === "Receive" ? form.quantity : -form.quantity)
    })

    return handlers.handleAll({
      add: acted((actor, { params, payload }) =>
        Effect.map(move(adding, actor, params.id, payload), (view) =>
          withMessage("Stock added successfully", { ...view, quantity_added: payload.quantity })
        )
      ),
      reduce: acted((actor, { params, payload }) =>
        Effect.map(move(reducing, actor, params.id, payload), (view) =>
          withMessage("Stock reduced successfully", { ...view, quantity_reduced: payload.quantity })
        )
      ),
      balance: acted((actor, { params, query }) =>
        Effect.gen(function* () {
          const named = yield* namedBy(actor, params.id, given(query.variation_id), given(query.batch_id))
          if (named.stray !== null) return yield* missing(named.stray)
          const item = yield* findItem(catalog, actor, params.id)
          const variation = named.variation === null ? null : yield* findVariation(catalog, actor, named.variation.id)
          const batch = named.batch === null ? null : yield* findBatch(catalog, actor, named.batch.id)
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
                  batch_expiry_date: dayOf(printedDate(batch))
                })
          })
        })
      )
    })
  })
)
