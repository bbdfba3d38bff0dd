import {
  type Batch,
  Catalog,
  datedOnArrival,
  noLevels,
  onHand,
  printedDate,
  StockEngine,
  type VariationId
} from "@stockbook/core"
import { Clock, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { once, onceUnchanged } from "../../exchange/CurrentWrite.ts"
import { invalidId, missing } from "../../problems/EnvelopeProblem.ts"
import { acting } from "../acting.ts"
import { changed, costOf, dayOf, given, ifGiven, instantOf } from "./fields.ts"
import { findBatch, findItem, namedItem } from "./finding.ts"
import type { BatchForm, BatchPatchForm } from "./InventoryForms.ts"
import { writeOffAll } from "./opening.ts"
import { partOf } from "./paging.ts"
import { refuse } from "./refusal.ts"
import { withData, withMessage } from "./replies.ts"
import { ThreeLevelInventory } from "./ThreeLevelInventory.ts"
import { batchView } from "./views.ts"

const acted = acting(refuse)

export const batchHandlers = HttpApiBuilder.group(
  ThreeLevelInventory,
  "three-level-inventory.batches",
  Effect.fnUntraced(function* (handlers) {
    const catalog = yield* Catalog
    const engine = yield* StockEngine

    return handlers.handleAll({
      list: acted((actor, { params, query }) =>
        Effect.gen(function* () {
          const item = yield* findItem(catalog, actor, params.id)
          const of = { organization: actor.organization, items: [item.id], active: true, ...partOf(query) }
          const { rows } = yield* catalog.batches(of)
          return withData(rows.map((batch) => batchView(batch, batch.levels)))
        })
      ),
      get: acted((actor, { params }) =>
        Effect.map(findBatch(catalog, actor, params.id), (batch) => withData(batchView(batch, batch.levels)))
      ),
      create: acted((actor, { payload }) =>
        Effect.gen(function* () {
          const item = yield* namedItem(catalog, actor, payload.inventory_id)
          const variation = given(payload.variation_id) as VariationId | undefined
          const made = yield* catalog.createBatch(
            actor.organization,
            item.id,
            {
              name: payload.batch_name,
              ...batchFields(payload, yield* Clock.currentTimeMillis),
              ...ifGiven("variation", variation),
              createdBy: actor.user
            },
            yield* once()
          )
          if (made === null) return yield* invalidId("inventory_id")
          return withMessage("Batch created successfully", batchView(made, noLevels))
        })
      ),
      update: acted((actor, { params, payload }) =>
        Effect.gen(function* () {
          const batch = yield* findBatch(catalog, actor, params.id)
          const patch = { ...ifGiven("name", payload.batch_name), ...batchChanges(payload, batch) }
          const after = yield* catalog.updateBatch(actor.organization, batch.id, patch, yield* onceUnchanged(batch))
          if (after === null) return yield* missing("Batch not found")
          return withMessage("Batch updated successfully", batchView(after, batch.levels))
        })
      ),
      remove: acted((actor, { params, query }) =>
        Effect.gen(function* () {
          const batch = yield* findBatch(catalog, actor, params.id)
          const item = yield* findItem(catalog, actor, batch.item)
          const options = yield* onceUnchanged(batch)
          if (query.force === true && onHand(batch.levels) > 0) {
            yield* writeOffAll(engine, actor, item, { batch: batch.id })
          }
          const removed = yield* catalog.removeBatch(actor.organization, batch.id, options)
          if (removed === null) return yield* missing("Batch not found")
          return { success: true as const, message: "Batch deleted successfully" }
        })
      )
    })
  })
)

const batchFields = (form: typeof BatchForm.Type, now: number) => ({
  ...datedOnArrival(dayIn(form.expiry_date) ?? null, now),
  ...ifGiven("manufacturedAt", dayIn(form.manufacture_date)),
  ...ifGiven("cost", costOf(form.cost_price))
})

/** A date that is set later is one that counts, past or not; the same as before says nothing new. */
const dateChange = (date: number | null | undefined, batch: Batch) =>
  date === undefined || dayOf(date) === dayOf(printedDate(batch)) ? {} : { expiresAt: date, bestBefore: null }

const batchChanges = (form: typeof BatchPatchForm.Type, batch: Batch) => ({
  ...dateChange(dayIn(form.expiry_date), batch),
  ...changed("manufacturedAt", dayIn(form.manufacture_date)),
  ...changed("cost", form.cost_price === null ? null : costOf(form.cost_price))
})

const dayIn = (text: string | null | undefined): number | null | undefined =>
  text === null || text === undefined || text === "" ? (text === null ? null : undefined) : instantOf(text)
