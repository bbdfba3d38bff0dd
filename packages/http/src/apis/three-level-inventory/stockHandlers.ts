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
import { KnownNames, type Named, type Parts } from "./KnownNames.ts"
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

/** An id below 1 is nothing's. */
const wantedBy = (item: ItemId, { variation, batch }: Parts) => ({
  item,
  variation: variation === undefined || variation < 1 ? null : VariationId.make(variation),
  batch: batch === undefined || batch < 1 ? null : BatchId.make(batch)
})

/** What a request names that is not the item's, or has been deleted. */
const strayOf = (parts: Parts, { variation, batch }: Named): string | null => {
  if (parts.variation !== undefined && variation?.active !== true) return words.variation
  if (parts.batch === undefined) return null
  const isOther = variation !== null && batch?.variation !== variation.id
  return batch?.active !== true || isOther ? words.batch : null
}

/** What a request names as a selector; the batch names its variation too. */
const selector = (item: ItemId, { variation, batch }: Named) => ({
  item,
  ...(variation === null ? {} : { variation: variation.id }),
  ...(batch === null ? {} : { batch: batch.id, ...(batch.variation === null ? {} : { variation: batch.variation }) })
})

/** What was moved, at all levels, as the command left them. */
const moved = (id: ItemId, { item, variation, batch }: Named, outcome: Outcome, units: number) => {
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

/** Refusals of what names that were known do not tell: which part was deleted is told by reading them again. */
const ofParts: ReadonlySet<CommandError["_tag"]> = new Set([
  "UnknownVariation",
  "InactiveVariation",
  "UnknownBatch",
  "InactiveBatch"
] as const)

/** How stock is moved, and what its refusals begin with. */
interface Move {
  readonly tag: "Receive" | "Issue"
  readonly reason: string
  readonly message: string
}

/** What was to be moved, and how to say why it was not. */
interface Refused {
  readonly because: (said: string) => Effect.Effect<never, StockFailure>
  readonly actor: Actor
  readonly id: ItemId
  readonly names: Named
}

export const stockHandlers = HttpApiBuilder.group(
  ThreeLevelInventory,
  "three-level-inventory.stock",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const engine = yield* StockEngine
    const queries = yield* StockQueries

    const known = new KnownNames(engine)

    /** The names of what a request names, if there is such an item; else the answer that says so. */
    const namedBy = Effect.fnUntraced(function* ({ organization }: Actor, id: number, parts: Parts) {
      const names = id > 0 ? yield* catalog.named(organization, wantedBy(ItemId.make(id), parts)) : null
      if (names === null) return yield* notHere(catalog, "item", id)
      return names.item.active ? names : yield* missing(words.item)
    })

    /** What is short, level by level: the item, then the variation, then the batch. */
    const shortfall = Effect.fnUntraced(function* (
      { organization }: Actor,
      id: ItemId,
      { variation, batch }: Named,
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

    /** What the engine refused to do with what has these names, in the API's words. */
    const refused = (error: CommandError, { because, actor, id, names }: Refused): Effect.Effect<never, Refusal> => {
      switch (error._tag) {
        case "InsufficientStock":
          return Effect.flatMap(shortfall(actor, id, names, error), because)
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

    /** What the parts of something that was moved are called by now. It is done, whatever becomes of this reading. */
    const namesNow = ({ organization }: Actor, item: ItemId, parts: Parts, before: Named) =>
      Effect.match(catalog.named(organization, wantedBy(item, parts)), {
        onSuccess: (now) => now ?? before,
        onFailure: () => before
      })

    /** Carries out what a request asks: its names are known or read, and the engine says the rest. */
    const move = Effect.fnUntraced(function* ({ tag, reason, message }: Move, actor: Actor, id: number, form: Form) {
      const because = (said: string) => Effect.fail(new StockFailure({ success: false, message, error: said }))
      const parts = { variation: given(form.variation_id), batch: given(form.batch_id) }
      const checked = () =>
        Effect.flatMap(namedBy(actor, id, parts), (names) => {
          const stray = strayOf(parts, names)
          return stray === null ? Effect.succeed(names) : because(stray)
        })
      const before = known.before(actor.organization, id, parts)
      const names = before.names ?? (yield* checked())
      const item = ItemId.make(id)
      const lines = [{ ...selector(item, names), quantity: form.quantity }] as const
      const outcome = yield* engine
        .execute({ _tag: tag, ...context(actor, form, reason), lines }, yield* once())
        .pipe(
          Effect.catch((error) =>
            before.names !== null && ofParts.has(error._tag)
              ? Effect.flatMap(checked(), (now) => refused(error, { because, actor, id: item, names: now }))
              : refused(error, { because, actor, id: item, names })
          )
        )
      if (before.names === null) before.keep(names)
      const called = before.names === null || before.stood() ? names : yield* namesNow(actor, item, parts, names)
      return yield* moved(item, called, outcome, tag === "Receive" ? form.quantity : -form.quantity)
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
          const parts = { variation: given(query.variation_id), batch: given(query.batch_id) }
          const named = yield* namedBy(actor, params.id, parts)
          const stray = strayOf(parts, named)
          if (stray !== null) return yield* missing(stray)
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
