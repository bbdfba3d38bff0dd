import { Effect, Result, Schema } from "effect"
import { validator } from "../engine/validate.ts"
import { InvalidInput } from "../stock/Rejection.ts"
import { BatchPatch, NewBatch } from "./Batch.ts"
import type { Catalog } from "./Catalog.ts"
import type { CatalogDriver } from "./CatalogDriver.ts"
import { ItemPatch, NewItem } from "./Item.ts"
import { KitComponents } from "./Kit.ts"
import { LocationPatch, NewLocation } from "./Location.ts"
import type { Slice } from "./lists.ts"
import { NewPartner, PartnerPatch } from "./Partner.ts"
import { type NewTerms, newTerms, type TermPatches, termPatches } from "./Term.ts"
import { textOf } from "./Text.ts"
import { NewVariation, VariationPatch } from "./Variation.ts"
import { writeOnce } from "./writeOnce.ts"

const Name = textOf(1, 255)
const NewOrganization = Schema.Struct({ name: Name, locations: Schema.NonEmptyArray(Name).check(Schema.isUnique()) })

const decode = {
  organization: validator(NewOrganization),
  item: validator(NewItem),
  items: validator(Schema.NonEmptyArray(NewItem).check(Schema.isMaxLength(1000))),
  itemPatch: validator(ItemPatch),
  components: validator(KitComponents),
  variation: validator(NewVariation),
  variationPatch: validator(VariationPatch),
  batch: validator(NewBatch),
  batchPatch: validator(BatchPatch),
  partner: validator(NewPartner),
  partnerPatch: validator(PartnerPatch),
  location: validator(NewLocation),
  locationPatch: validator(LocationPatch)
}

type Decoders<Types> = { readonly [K in keyof Types]: (input: unknown) => Result.Result<Types[K], InvalidInput> }
const decodeTerm: Decoders<NewTerms> = {
  category: validator(newTerms.category),
  brand: validator(newTerms.brand),
  unit: validator(newTerms.unit)
}
const decodeTermPatch: Decoders<TermPatches> = {
  category: validator(termPatches.category),
  brand: validator(termPatches.brand),
  unit: validator(termPatches.unit)
}

/** Where there is nothing to check. */
const nothing = Result.succeed(null)

/** The catalogue's service over a driver: what comes in is checked, and a write with a key is made once. */
export const catalogOver = (catalog: CatalogDriver): Omit<Catalog["Service"], "named"> => ({
  ...catalog,
  createOrganization: (name, locations = ["Main Warehouse", "Secondary Warehouse"]) =>
    Effect.flatMap(Effect.fromResult(decode.organization({ name, locations })), (founded) =>
      catalog.insertOrganization(founded.name, founded.locations)
    ),

  createItem: (organization, input, { uniqueName = false, ...options } = {}) =>
    Effect.flatMap(
      writeOnce(`create item ${uniqueName}`, [], decode.item(input), options, (item, how) =>
        catalog.insertItems(organization, [item], { uniqueName }, how)
      ),
      ([item]) => (item === undefined ? Effect.die(new Error("An item was not made")) : Effect.succeed(item))
    ),
  createItems: (organization, input, { uniqueName = false, ...options } = {}) =>
    writeOnce(`create items ${uniqueName}`, [], decode.items(input), options, (items, how) =>
      catalog.insertItems(organization, items, { uniqueName }, how)
    ),
  updateItem: (organization, id, input, { uniqueName = false, ...options } = {}) =>
    writeOnce(`update item ${uniqueName}`, [id], decode.itemPatch(input), options, (patch, how) =>
      catalog.updateItem(organization, id, patch, { uniqueName }, how)
    ),
  removeItem: (organization, id, options = {}) =>
    writeOnce("remove item", [id], nothing, options, (_, how) => catalog.removeItem(organization, id, how)),
  restoreItem: (organization, id, options = {}) =>
    writeOnce("restore item", [id], nothing, options, (_, how) => catalog.restoreItem(organization, id, how)),
  items: (filter) => Effect.andThen(checkSlice(filter), catalog.items(filter)),
  setComponents: (organization, kit, input, options = {}) =>
    writeOnce("set components", [kit], decode.components(input), options, (components, how) =>
      catalog.setComponents(organization, kit, components, how)
    ),

  createVariation: (organization, item, input, options = {}) =>
    writeOnce("create variation", [item], decode.variation(input), options, (variation, how) =>
      catalog.insertVariation(organization, item, variation, how)
    ),
  updateVariation: (organization, id, input, options = {}) =>
    writeOnce("update variation", [id], decode.variationPatch(input), options, (patch, how) =>
      catalog.updateVariation(organization, id, patch, how)
    ),
  removeVariation: (organization, id, options = {}) =>
    writeOnce("remove variation", [id], nothing, options, (_, how) => catalog.removeVariation(organization, id, how)),
  restoreVariation: (organization, id, options = {}) =>
    writeOnce("restore variation", [id], nothing, options, (_, how) => catalog.restoreVariation(organization, id, how)),
  variations: (filter) => Effect.andThen(checkSlice(filter), catalog.variations(filter)),

  createBatch: (organization, item, input, options = {}) =>
    writeOnce("create batch", [item], decode.batch(input), options, (batch, how) =>
      catalog.insertBatch(organization, item, batch, how)
    ),
  updateBatch: (organization, id, input, options = {}) =>
    writeOnce("update batch", [id], decode.batchPatch(input), options, (patch, how) =>
      catalog.updateBatch(organization, id, patch, how)
    ),
  removeBatch: (organization, id, options = {}) =>
    writeOnce("remove batch", [id], nothing, options, (_, how) => catalog.removeBatch(organization, id, how)),
  restoreBatch: (organization, id, options = {}) =>
    writeOnce("restore batch", [id], nothing, options, (_, how) => catalog.restoreBatch(organization, id, how)),
  batches: (filter) => Effect.andThen(checkSlice(filter), catalog.batches(filter)),

  createTerm: (kind, organization, input, options = {}) =>
    writeOnce(`create ${kind}`, [], decodeTerm[kind](input), options, (term, how) =>
      catalog.insertTerm(kind, organization, term, how)
    ),
  updateTerm: (kind, organization, id, input, options = {}) =>
    writeOnce(`update ${kind}`, [id], decodeTermPatch[kind](input), options, (patch, how) =>
      catalog.updateTerm(kind, organization, id, patch, how)
    ),
  removeTerm: (kind, organization, id, options = {}) =>
    writeOnce(`remove ${kind}`, [id], nothing, options, (_, how) => catalog.removeTerm(kind, organization, id, how)),
  restoreTerm: (kind, organization, id, options = {}) =>
    writeOnce(`restore ${kind}`, [id], nothing, options, (_, how) => catalog.restoreTerm(kind, organization, id, how)),
  terms: (kind, filter) => Effect.andThen(checkSlice(filter), catalog.terms(kind, filter)),

  createPartner: (organization, input, options = {}) =>
    writeOnce("create partner", [], decode.partner(input), options, (partner, how) =>
      catalog.insertPartner(organization, partner, how)
    ),
  updatePartner: (organization, id, input, options = {}) =>
    writeOnce("update partner", [id], decode.partnerPatch(input), options, (patch, how) =>
      catalog.updatePartner(organization, id, patch, how)
    ),
  removePartner: (organization, id, options = {}) =>
    writeOnce("remove partner", [id], nothing, options, (_, how) => catalog.removePartner(organization, id, how)),
  restorePartner: (organization, id, options = {}) =>
    writeOnce("restore partner", [id], nothing, options, (_, how) => catalog.restorePartner(organization, id, how)),
  partners: (filter) => Effect.andThen(checkSlice(filter), catalog.partners(filter)),

  createLocation: (organization, input, options = {}) =>
    writeOnce("create location", [], decode.location(input), options, (location, how) =>
      catalog.insertLocation(organization, location, how)
    ),
  updateLocation: (organization, id, input, options = {}) =>
    writeOnce("update location", [id], decode.locationPatch(input), options, (patch, how) =>
      catalog.updateLocation(organization, id, patch, how)
    ),
  locations: (filter) => Effect.andThen(checkSlice(filter), catalog.locations(filter))
})

const checkSlice = ({ offset, limit }: Slice) => {
  const issues = []
  if (!Number.isSafeInteger(offset) || offset < 0) {
    issues.push({ path: ["offset"], message: "Expected an integer of 0 or more" })
  }
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 1000) {
    issues.push({ path: ["limit"], message: "Expected an integer from 1 to 1000" })
  }
  return issues.length === 0 ? Effect.void : Effect.fail(new InvalidInput({ issues }))
}
