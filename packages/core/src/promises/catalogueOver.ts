import { Context } from "effect"
import type { BatchId } from "../catalog/Batch.ts"
import { Catalog } from "../catalog/Catalog.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type * as Lists from "../catalog/lists.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { PartnerId } from "../catalog/Partner.ts"
import * as Own from "../catalog/Reasons.ts"
import type { BrandId, CategoryId, UnitId } from "../catalog/Term.ts"
import type { VariationId } from "../catalog/Variation.ts"
import type { Stockbook } from "../Stockbook.ts"
import type { Ask } from "./ask.ts"
import type { Catalogue } from "./Catalogue.ts"

type Id<T> = { readonly id: T }
type OfItem = { readonly item: ItemId }
type Text = { readonly text: string }

/** An organization's catalogue, by nouns. */
export const catalogueOver = (
  context: Context.Context<Stockbook>,
  organization: OrganizationId,
  ask: Ask
): Catalogue => {
  const catalog = Context.get(context, Catalog)
  const reasons = Context.get(context, Own.Reasons)
  const slice = <Filter extends object>(filter: Filter | undefined) => ({
    limit: 100,
    offset: 0,
    ...filter,
    organization
  })

  return {
    items: {
      get: (id, options) => ask({ id }, ({ id }: Id<ItemId>) => catalog.item(organization, id), options),
      bySku: (text, options) => ask({ text }, (_: Text) => catalog.itemBySku(organization, text), options),
      byBarcode: (text, options) => ask({ text }, (_: Text) => catalog.byBarcode(organization, text), options),
      list: (filter, options) => ask(slice(filter), (asked: Lists.ItemFilter) => catalog.items(asked), options),
      create: (item, options) => ask({}, () => catalog.createItem(organization, item, options), options),
      createMany: (items, options) => ask({}, () => catalog.createItems(organization, items, options), options),
      update: (id, patch, options) =>
        ask({ id }, ({ id }: Id<ItemId>) => catalog.updateItem(organization, id, patch, options), options),
      remove: (id, options) =>
        ask({ id }, ({ id }: Id<ItemId>) => catalog.removeItem(organization, id, options), options),
      restore: (id, options) =>
        ask({ id }, ({ id }: Id<ItemId>) => catalog.restoreItem(organization, id, options), options)
    },
    variations: {
      get: (id, options) => ask({ id }, ({ id }: Id<VariationId>) => catalog.variation(organization, id), options),
      list: (filter, options) =>
        ask(slice(filter), (asked: Lists.VariationFilter) => catalog.variations(asked), options),
      create: (item, variation, options) =>
        ask({ item }, ({ item }: OfItem) => catalog.createVariation(organization, item, variation, options), options),
      update: (id, patch, options) =>
        ask({ id }, ({ id }: Id<VariationId>) => catalog.updateVariation(organization, id, patch, options), options),
      remove: (id, options) =>
        ask({ id }, ({ id }: Id<VariationId>) => catalog.removeVariation(organization, id, options), options),
      restore: (id, options) =>
        ask({ id }, ({ id }: Id<VariationId>) => catalog.restoreVariation(organization, id, options), options)
    },
    batches: {
      get: (id, options) => ask({ id }, ({ id }: Id<BatchId>) => catalog.batch(organization, id), options),
      list: (filter, options) => ask(slice(filter), (asked: Lists.BatchFilter) => catalog.batches(asked), options),
      create: (item, batch, options) =>
        ask({ item }, ({ item }: OfItem) => catalog.createBatch(organization, item, batch, options), options),
      update: (id, patch, options) =>
        ask({ id }, ({ id }: Id<BatchId>) => catalog.updateBatch(organization, id, patch, options), options),
      remove: (id, options) =>
        ask({ id }, ({ id }: Id<BatchId>) => catalog.removeBatch(organization, id, options), options),
      restore: (id, options) =>
        ask({ id }, ({ id }: Id<BatchId>) => catalog.restoreBatch(organization, id, options), options)
    },
    kits: {
      components: (kit, options) =>
        ask({ kit }, ({ kit }: { readonly kit: ItemId }) => catalog.components(organization, kit), options),
      setComponents: (kit, components, options) =>
        ask(
          { kit },
          ({ kit }: { readonly kit: ItemId }) => catalog.setComponents(organization, kit, components, options),
          options
        )
    },
    categories: {
      get: (id, options) =>
        ask({ id }, ({ id }: Id<CategoryId>) => catalog.term("category", organization, id), options),
      list: (filter, options) =>
        ask(slice(filter), (asked: Lists.TermFilter) => catalog.terms("category", asked), options),
      create: (term, options) => ask({}, () => catalog.createTerm("category", organization, term, options), options),
      update: (id, patch, options) =>
        ask(
          { id },
          ({ id }: Id<CategoryId>) => catalog.updateTerm("category", organization, id, patch, options),
          options
        ),
      remove: (id, options) =>
        ask({ id }, ({ id }: Id<CategoryId>) => catalog.removeTerm("category", organization, id, options), options),
      restore: (id, options) =>
        ask({ id }, ({ id }: Id<CategoryId>) => catalog.restoreTerm("category", organization, id, options), options)
    },
    brands: {
      get: (id, options) => ask({ id }, ({ id }: Id<BrandId>) => catalog.term("brand", organization, id), options),
      list: (filter, options) =>
        ask(slice(filter), (asked: Lists.TermFilter) => catalog.terms("brand", asked), options),
      create: (term, options) => ask({}, () => catalog.createTerm("brand", organization, term, options), options),
      update: (id, patch, options) =>
        ask({ id }, ({ id }: Id<BrandId>) => catalog.updateTerm("brand", organization, id, patch, options), options),
      remove: (id, options) =>
        ask({ id }, ({ id }: Id<BrandId>) => catalog.removeTerm("brand", organization, id, options), options),
      restore: (id, options) =>
        ask({ id }, ({ id }: Id<BrandId>) => catalog.restoreTerm("brand", organization, id, options), options)
    },
    units: {
      get: (id, options) => ask({ id }, ({ id }: Id<UnitId>) => catalog.term("unit", organization, id), options),
      list: (filter, options) => ask(slice(filter), (asked: Lists.TermFilter) => catalog.terms("unit", asked), options),
      create: (term, options) => ask({}, () => catalog.createTerm("unit", organization, term, options), options),
      update: (id, patch, options) =>
        ask({ id }, ({ id }: Id<UnitId>) => catalog.updateTerm("unit", organization, id, patch, options), options),
      remove: (id, options) =>
        ask({ id }, ({ id }: Id<UnitId>) => catalog.removeTerm("unit", organization, id, options), options),
      restore: (id, options) =>
        ask({ id }, ({ id }: Id<UnitId>) => catalog.restoreTerm("unit", organization, id, options), options)
    },
    partners: {
      get: (id, options) => ask({ id }, ({ id }: Id<PartnerId>) => catalog.partner(organization, id), options),
      list: (filter, options) => ask(slice(filter), (asked: Lists.PartnerFilter) => catalog.partners(asked), options),
      ofUser: (kind, user, options) =>
        ask({ user }, (_: { readonly user: number }) => catalog.partnerOf(organization, kind, user), options),
      create: (partner, options) => ask({}, () => catalog.createPartner(organization, partner, options), options),
      update: (id, patch, options) =>
        ask({ id }, ({ id }: Id<PartnerId>) => catalog.updatePartner(organization, id, patch, options), options),
      remove: (id, options) =>
        ask({ id }, ({ id }: Id<PartnerId>) => catalog.removePartner(organization, id, options), options),
      restore: (id, options) =>
        ask({ id }, ({ id }: Id<PartnerId>) => catalog.restorePartner(organization, id, options), options)
    },
    locations: {
      get: (id, options) => ask({ id }, ({ id }: Id<LocationId>) => catalog.location(organization, id), options),
      list: (filter, options) => ask(slice(filter), (asked: Lists.LocationFilter) => catalog.locations(asked), options),
      create: (location, options) => ask({}, () => catalog.createLocation(organization, location, options), options),
      update: (id, patch, options) =>
        ask({ id }, ({ id }: Id<LocationId>) => catalog.updateLocation(organization, id, patch, options), options)
    },
    reasons: {
      list: (options) => ask({}, () => reasons.list(organization), options),
      put: (reason, options) => ask({}, () => reasons.put(organization, reason), options),
      remove: (text, options) => ask({ text }, (_: Text) => reasons.remove(organization, text), options)
    }
  }
}
