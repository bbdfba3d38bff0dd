import {
  type Actor,
  BatchId,
  type Catalog,
  ItemId,
  type StockedBatch,
  type StockedItem,
  type StockedVariation,
  type StoreError,
  VariationId
} from "@stockbook/core"
import { Effect } from "effect"
import { type Invalid, invalidId, type Missing, missing, type Unauthorised } from "../../problems/EnvelopeProblem.ts"
import { notHere } from "./refusal.ts"

type NotFound = Missing | Unauthorised | StoreError

type Service = Pick<Catalog["Service"], "item" | "variation" | "batch" | "ownerOf">

const isId = (id: number): boolean => id > 0

/** The inventory item of an id that is not deleted. */
export const findItem = Effect.fnUntraced(function* (
  catalog: Service,
  { organization }: Actor,
  id: number
): Effect.fn.Return<StockedItem, NotFound> {
  const item: StockedItem | null = isId(id) ? yield* catalog.item(organization, ItemId.make(id)) : null
  if (item === null) return yield* notHere(catalog, "item", id)
  return item.active ? item : yield* missing("Inventory item not found")
})

/** The inventory item that a body names. */
export const namedItem = Effect.fnUntraced(function* (
  catalog: Service,
  { organization }: Actor,
  id: number
): Effect.fn.Return<StockedItem, Invalid | StoreError> {
  const item = yield* catalog.item(organization, ItemId.make(id))
  return item?.active === true ? item : yield* invalidId("inventory_id")
})

/** The variation of an id that is not deleted. */
export const findVariation = Effect.fnUntraced(function* (
  catalog: Service,
  { organization }: Actor,
  id: number
): Effect.fn.Return<StockedVariation, NotFound> {
  const found: StockedVariation | null = isId(id) ? yield* catalog.variation(organization, VariationId.make(id)) : null
  if (found === null) return yield* notHere(catalog, "variation", id)
  return found.active ? found : yield* missing("Variation not found")
})

/** The batch of an id that is not deleted. */
export const findBatch = Effect.fnUntraced(function* (
  catalog: Service,
  { organization }: Actor,
  id: number
): Effect.fn.Return<StockedBatch, NotFound> {
  const found: StockedBatch | null = isId(id) ? yield* catalog.batch(organization, BatchId.make(id)) : null
  if (found === null) return yield* notHere(catalog, "batch", id)
  return found.active ? found : yield* missing("Batch not found")
})
