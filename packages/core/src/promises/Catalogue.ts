import type * as M from "./models.ts"
import type { CallOptions, ItemOptions, UpdateOptions, WriteOptions } from "./options.ts"

/** A part of the catalogue whose rows are read by id and listed. */
interface Readable<Row, Filter> {
  /** `null` for what the organization does not have. */
  readonly get: (id: number, options?: CallOptions) => Promise<Row | null>
  /** A page of 100 rows when the filter does not say, and how many there are in all. */
  readonly list: (filter?: Filter, options?: CallOptions) => Promise<M.Listed<Row>>
}

/** A part of the catalogue whose rows change, and are deleted and restored. */
interface Changeable<Row, Patch, Options = UpdateOptions> {
  /** Changes the fields that are there; `null` for what there is not, or is deleted. */
  readonly update: (id: number, patch: Patch, options?: Options) => Promise<Row | null>
  /** Deletes it, if nothing of it is in stock (`StillInStock`); it is read as before, but not active. */
  readonly remove: (id: number, options?: UpdateOptions) => Promise<Row | null>
  /** Brings back what was deleted. */
  readonly restore: (id: number, options?: UpdateOptions) => Promise<Row | null>
}

/** The things that are stocked. */
export interface Items extends Readable<M.StockedItem, M.ItemFilter>, Changeable<M.Item, M.ItemPatch, ItemOptions> {
  /** Refused with `DuplicateSku`, `DuplicateBarcode`, `DuplicateName`, `UnknownReference`. */
  readonly create: (item: M.NewItem, options?: Omit<ItemOptions, "ifUpdatedAt">) => Promise<M.Item>
  /** 1 to 1000 items, all of them or none. */
  readonly createMany: (
    items: ReadonlyArray<M.NewItem>,
    options?: Omit<ItemOptions, "ifUpdatedAt">
  ) => Promise<ReadonlyArray<M.Item>>
  readonly bySku: (sku: string, options?: CallOptions) => Promise<M.StockedItem | null>
  /** The item, or the variation of it, that has a barcode. */
  readonly byBarcode: (
    barcode: string,
    options?: CallOptions
  ) => Promise<{ readonly item: number; readonly variation: number | null } | null>
}

/** Sizes, colours … of items. */
export interface Variations
  extends Readable<M.StockedVariation, M.VariationFilter>,
    Changeable<M.Variation, M.VariationPatch> {
  /** `null` for an unknown item. Refused with `DuplicateName`, `DuplicateSku`, `DuplicateBarcode`. */
  readonly create: (item: number, variation: M.NewVariation, options?: WriteOptions) => Promise<M.Variation | null>
}

/** Lots of items or variations. */
export interface Batches extends Readable<M.StockedBatch, M.BatchFilter>, Changeable<M.Batch, M.BatchPatch> {
  /** `null` for an unknown item. Refused with `DuplicateName`, `UnknownReference`. */
  readonly create: (item: number, batch: M.NewBatch, options?: WriteOptions) => Promise<M.Batch | null>
}

/** What items are put together from. */
export interface Kits {
  /** None for an item that is no kit. */
  readonly components: (kit: number, options?: CallOptions) => Promise<ReadonlyArray<M.KitComponent>>
  /** From nothing makes it an item like others again. Refused with `InvalidKit`, `UnknownReference`. */
  readonly setComponents: (
    kit: number,
    components: ReadonlyArray<M.KitComponent>,
    options?: UpdateOptions
  ) => Promise<ReadonlyArray<M.KitComponent> | null>
}

/** Categories, brands or units of measure. */
export interface Terms<Row, New, Patch> extends Readable<Row, M.TermFilter>, Changeable<Row, Patch> {
  /** Refused with `DuplicateName`. */
  readonly create: (term: New, options?: WriteOptions) => Promise<Row>
}

/** Customers and suppliers. */
export interface Partners extends Readable<M.Partner, M.PartnerFilter>, Changeable<M.Partner, M.PartnerPatch> {
  /** Refused with `DuplicatePartner`. */
  readonly create: (partner: M.NewPartner, options?: WriteOptions) => Promise<M.Partner>
  /** The customer or supplier that a user is. */
  readonly ofUser: (kind: M.Partner["kind"], user: number, options?: CallOptions) => Promise<M.Partner | null>
}

/** Where stock lies. */
export interface Locations extends Readable<M.Location, M.LocationFilter> {
  /** Refused with `DuplicateLocationName`, `UnknownReference`. */
  readonly create: (location: M.NewLocation, options?: WriteOptions) => Promise<M.Location>
  /** `active: false` closes it, if nothing lies there (`LocationInUse`). */
  readonly update: (id: number, patch: M.LocationPatch, options?: UpdateOptions) => Promise<M.Location | null>
}

/** Why stock changes: the built-in reasons, and the organization's own. */
export interface Reasons {
  readonly list: (options?: CallOptions) => Promise<ReadonlyArray<M.Reason>>
  /** Makes one of the organization's own, or gives it another name. */
  readonly put: (reason: { readonly code: string; readonly name: string }, options?: CallOptions) => Promise<void>
  /** Whether there was one. */
  readonly remove: (code: string, options?: CallOptions) => Promise<boolean>
}

/** The catalogue of an organization, by nouns. */
export interface Catalogue {
  readonly items: Items
  readonly variations: Variations
  readonly batches: Batches
  readonly kits: Kits
  readonly categories: Terms<M.Category, M.NewCategory, M.CategoryPatch>
  readonly brands: Terms<M.Brand, M.NewBrand, M.BrandPatch>
  readonly units: Terms<M.Unit, M.NewUnit, M.UnitPatch>
  readonly partners: Partners
  readonly locations: Locations
  readonly reasons: Reasons
}
