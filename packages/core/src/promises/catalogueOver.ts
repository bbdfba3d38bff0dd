import { Context, type Result } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import * as Own from "../catalog/Reasons.ts"
import type { newTerms, TermKind, Terms, termPatches } from "../catalog/Term.ts"
import type { Stockbook } from "../Stockbook.ts"
import type { InvalidInput } from "../stock/Rejection.ts"
import type { Ask } from "./ask.ts"
import type { Catalogue } from "./Catalogue.ts"
import { checkCatalogue as known } from "./inputs/catalogue.ts"
import { said } from "./inputs/options.ts"
import { nothing } from "./inputs/parts.ts"
import type * as M from "./models.ts"

/** An organization's catalogue, by nouns. */
export const catalogueOver = (
  context: Context.Context<Stockbook>,
  organization: OrganizationId,
  ask: Ask
): Catalogue => {
  const catalog = Context.get(context, Catalog)
  const reasons = Context.get(context, Own.Reasons)
  const slice = <Filter extends M.TermFilter>(filter: Filter) => ({
    ...filter,
    limit: filter.limit ?? 100,
    offset: filter.offset ?? 0,
    organization
  })

  const termsOver = <K extends TermKind>(
    kind: K,
    byId: (input: unknown) => Result.Result<{ readonly id: Terms[K]["id"] }, InvalidInput>
  ) => ({
    get: (id: number, options?: unknown) =>
      ask(byId({ id }), said.call(options), ({ id }) => catalog.term(kind, organization, id)),
    list: (filter: unknown = {}, options?: unknown) =>
      ask(known.terms(filter), said.call(options), (asked) => catalog.terms(kind, slice(asked))),
    create: (term: (typeof newTerms)[K]["Encoded"], options?: unknown) =>
      ask(nothing, said.write(options), (_, said) => catalog.createTerm(kind, organization, term, said)),
    update: (id: number, patch: (typeof termPatches)[K]["Encoded"], options?: unknown) =>
      ask(byId({ id }), said.update(options), ({ id }, said) =>
        catalog.updateTerm(kind, organization, id, patch, said)
      ),
    remove: (id: number, options?: unknown) =>
      ask(byId({ id }), said.update(options), ({ id }, said) => catalog.removeTerm(kind, organization, id, said)),
    restore: (id: number, options?: unknown) =>
      ask(byId({ id }), said.update(options), ({ id }, said) => catalog.restoreTerm(kind, organization, id, said))
  })

  return {
    items: {
      get: (id, options) => ask(known.item({ id }), said.call(options), ({ id }) => catalog.item(organization, id)),
      list: (filter = {}, options) =>
        ask(known.items(filter), said.call(options), (asked) => catalog.items(slice(asked))),
      bySku: (sku, options) =>
        ask(known.sku({ sku }), said.call(options), ({ sku }) => catalog.itemBySku(organization, sku)),
      byBarcode: (barcode, options) =>
        ask(known.barcode({ barcode }), said.call(options), ({ barcode }) => catalog.byBarcode(organization, barcode)),
      create: (item, options) =>
        ask(nothing, said.newItem(options), (_, said) => catalog.createItem(organization, item, said)),
      createMany: (items, options) =>
        ask(nothing, said.newItem(options), (_, said) => catalog.createItems(organization, items, said)),
      update: (id, patch, options) =>
        ask(known.item({ id }), said.item(options), ({ id }, said) =>
          catalog.updateItem(organization, id, patch, said)
        ),
      remove: (id, options) =>
        ask(known.item({ id }), said.update(options), ({ id }, said) => catalog.removeItem(organization, id, said)),
      restore: (id, options) =>
        ask(known.item({ id }), said.update(options), ({ id }, said) => catalog.restoreItem(organization, id, said))
    },
    variations: {
      get: (id, options) =>
        ask(known.variation({ id }), said.call(options), ({ id }) => catalog.variation(organization, id)),
      list: (filter = {}, options) =>
        ask(known.variations(filter), said.call(options), (asked) => catalog.variations(slice(asked))),
      create: (item, variation, options) =>
        ask(known.ofItem({ item }), said.write(options), ({ item }, said) =>
          catalog.createVariation(organization, item, variation, said)
        ),
      update: (id, patch, options) =>
        ask(known.variation({ id }), said.update(options), ({ id }, said) =>
          catalog.updateVariation(organization, id, patch, said)
        ),
      remove: (id, options) =>
        ask(known.variation({ id }), said.update(options), ({ id }, said) =>
          catalog.removeVariation(organization, id, said)
        ),
      restore: (id, options) =>
        ask(known.variation({ id }), said.update(options), ({ id }, said) =>
          catalog.restoreVariation(organization, id, said)
        )
    },
    batches: {
      get: (id, options) => ask(known.batch({ id }), said.call(options), ({ id }) => catalog.batch(organization, id)),
      list: (filter = {}, options) =>
        ask(known.batches(filter), said.call(options), (asked) => catalog.batches(slice(asked))),
      create: (item, batch, options) =>
        ask(known.ofItem({ item }), said.write(options), ({ item }, said) =>
          catalog.createBatch(organization, item, batch, said)
        ),
      update: (id, patch, options) =>
        ask(known.batch({ id }), said.update(options), ({ id }, said) =>
          catalog.updateBatch(organization, id, patch, said)
        ),
      remove: (id, options) =>
        ask(known.batch({ id }), said.update(options), ({ id }, said) => catalog.removeBatch(organization, id, said)),
      restore: (id, options) =>
        ask(known.batch({ id }), said.update(options), ({ id }, said) => catalog.restoreBatch(organization, id, said))
    },
    kits: {
      components: (kit, options) =>
        ask(known.kit({ kit }), said.call(options), ({ kit }) => catalog.components(organization, kit)),
      setComponents: (kit, components, options) =>
        ask(known.kit({ kit }), said.update(options), ({ kit }, said) =>
          catalog.setComponents(organization, kit, components, said)
        )
    },
    categories: termsOver("category", known.category),
    brands: termsOver("brand", known.brand),
    units: termsOver("unit", known.unit),
    partners: {
      get: (id, options) =>
        ask(known.partner({ id }), said.call(options), ({ id }) => catalog.partner(organization, id)),
      list: (filter = {}, options) =>
        ask(known.partners(filter), said.call(options), (asked) => catalog.partners(slice(asked))),
      ofUser: (kind, user, options) =>
        ask(known.user({ kind, user }), said.call(options), ({ kind, user }) =>
          catalog.partnerOf(organization, kind, user)
        ),
      create: (partner, options) =>
        ask(nothing, said.write(options), (_, said) => catalog.createPartner(organization, partner, said)),
      update: (id, patch, options) =>
        ask(known.partner({ id }), said.update(options), ({ id }, said) =>
          catalog.updatePartner(organization, id, patch, said)
        ),
      remove: (id, options) =>
        ask(known.partner({ id }), said.update(options), ({ id }, said) =>
          catalog.removePartner(organization, id, said)
        ),
      restore: (id, options) =>
        ask(known.partner({ id }), said.update(options), ({ id }, said) =>
          catalog.restorePartner(organization, id, said)
        )
    },
    locations: {
      get: (id, options) =>
        ask(known.location({ id }), said.call(options), ({ id }) => catalog.location(organization, id)),
      list: (filter = {}, options) =>
        ask(known.locations(filter), said.call(options), (asked) => catalog.locations(slice(asked))),
      create: (location, options) =>
        ask(nothing, said.write(options), (_, said) => catalog.createLocation(organization, location, said)),
      update: (id, patch, options) =>
        ask(known.location({ id }), said.update(options), ({ id }, said) =>
          catalog.updateLocation(organization, id, patch, said)
        )
    },
    reasons: {
      list: (options) => ask(nothing, said.call(options), () => reasons.list(organization)),
      put: (reason, options) => ask(nothing, said.call(options), () => reasons.put(organization, reason)),
      remove: (code, options) =>
        ask(known.code({ code }), said.call(options), ({ code }) => reasons.remove(organization, code))
    }
  }
}
