import type { Levels } from "../stock/Levels.ts"
import type { Batch, BatchId } from "./Batch.ts"
import type { Item, ItemId } from "./Item.ts"
import type { LocationId, LocationKind } from "./Location.ts"
import type { Money } from "./Money.ts"
import type { OrganizationId } from "./Organization.ts"
import type { PartnerKind } from "./Partner.ts"
import type { BrandId, CategoryId, UnitId } from "./Term.ts"
import type { UnitCost } from "./UnitCost.ts"
import type { Variation, VariationId } from "./Variation.ts"

/**
 * An item with its stock over all locations; what due holds still hold softly counts as available, and what is available
 * of expired or quarantined batches as quarantined. Units.
 */
export interface StockedItem extends Item, Levels {
  /** When its stock record began; `null` before its first stock. */
  readonly openedAt: number | null
  readonly stockUpdatedAt: number
  readonly lowStockThreshold: number | null
  /** Its own location (`SetHome`); `null` where the organization's default one stands for it. */
  readonly home: LocationId | null
  /** Moves on with every change to anything within the item. */
  readonly version: number
}

/** An item, and perhaps a variation and a batch, whose names are wanted. */
export interface NamesWanted {
  readonly item: ItemId
  readonly variation: VariationId | null
  readonly batch: BatchId | null
}

/** What an item, and a variation and a batch of it, are called. */
export interface Named {
  readonly item: Called
  /** `null` where none is asked for, or the item has no such variation. */
  readonly variation: (Called & { readonly id: VariationId }) | null
  /** Likewise. */
  readonly batch: (Called & { readonly id: BatchId; readonly variation: VariationId | null }) | null
}

interface Called {
  readonly name: string
  /** Not deleted. */
  readonly active: boolean
}

/** Stock at each location that ever had some, by location. */
export type ByLocation = ReadonlyArray<Levels & { readonly location: LocationId }>

/** A variation with its stock over all batches and locations. Units. */
export interface StockedVariation extends Variation {
  readonly levels: Levels
  /** Its own price, or else the item's. */
  readonly effectivePrice: Money | null
  /** Its own cost, or else the item's. */
  readonly effectiveCost: UnitCost | null
  readonly byLocation: ByLocation
}

/** A batch with its stock over all locations. Units. */
export interface StockedBatch extends Batch {
  readonly levels: Levels
  readonly byLocation: ByLocation
}

/** A part of a list: at most `limit` rows (1 to 1000), without the first `offset`. */
export interface Slice {
  readonly organization: OrganizationId
  readonly offset: number
  readonly limit: number
}

/** Where items are searched. */
export const itemTexts = ["name", "sku", "barcode", "description", "category"] as const
export type ItemText = (typeof itemTexts)[number]

/** Which items, in which order. Text is matched anywhere, ignoring ASCII case. */
export interface ItemFilter extends Slice {
  readonly search?: string | undefined
  /** Where `search` looks; everywhere when left out. */
  readonly searchIn?: ReadonlyArray<ItemText> | undefined
  readonly active?: boolean | undefined
  /** Exactly this name. */
  readonly name?: string | undefined
  readonly kind?: string | undefined
  readonly categoryId?: CategoryId | undefined
  readonly brandId?: BrandId | undefined
  readonly unitId?: UnitId | undefined
  readonly hasVariations?: boolean | undefined
  readonly hasBatches?: boolean | undefined
  /** Only items with a stock record. */
  readonly opened?: boolean | undefined
  /** Only items whose available stock is at or below their threshold. */
  readonly lowStock?: boolean | undefined
  /** Only items with this many units on hand, or more. */
  readonly onHandFrom?: number | undefined
  /** Only items with this many units on hand, or fewer. */
  readonly onHandTo?: number | undefined
  /** Only items that have stock on hand there. */
  readonly location?: LocationId | undefined
  /** Only items that have stock on hand there, or whose stock lands there by default. */
  readonly keptAt?: LocationId | undefined
  /** Made at this instant (epoch milliseconds) or later. */
  readonly createdFrom?: number | undefined
  /** Made before this instant. */
  readonly createdUntil?: number | undefined
  /** Of these, at most 1000. */
  readonly ids?: ReadonlyArray<ItemId> | undefined
  /** Only items with a higher id: the keyset of `id_asc`. */
  readonly after?: ItemId | undefined
  readonly sort?: ItemSort | undefined
}

/** `stock` is on hand; items without a price come below all prices; ties go by id, in the same direction. */
export const itemSorts = [
  "id_asc",
  "name_asc",
  "name_desc",
  "stock_asc",
  "stock_desc",
  "price_asc",
  "price_desc",
  "created_asc",
  "created_desc"
] as const
export type ItemSort = (typeof itemSorts)[number]

/** Which variations or batches, by id. */
interface PartFilter extends Slice {
  /** Of these items. */
  readonly items?: ReadonlyArray<ItemId> | undefined
  /** Deleted ones are not active. */
  readonly active?: boolean | undefined
  readonly search?: string | undefined
}

/** Which variations, by id; `search` is in name, SKU and barcode. */
export type VariationFilter = PartFilter

/** Which batches, by id; `search` is in name and supplier's lot. */
export interface BatchFilter extends PartFilter {
  readonly variation?: VariationId | undefined
  /** Exactly this name. */
  readonly name?: string | undefined
  /** Only batches that expire before this instant (epoch milliseconds). */
  readonly expiresBefore?: number | undefined
}

/** Which categories, brands or units, by id; `search` is in the name. */
export interface TermFilter extends Slice {
  readonly active?: boolean | undefined
  readonly search?: string | undefined
}

/** Which locations, by id; `search` is in name and place. */
export interface LocationFilter extends Slice {
  /** Of these, whatever their kind. */
  readonly ids?: ReadonlyArray<LocationId> | undefined
  /** Of this kind; of all but `transit` when left out. */
  readonly kind?: LocationKind | undefined
  readonly active?: boolean | undefined
  readonly search?: string | undefined
}

/** Which customers and suppliers, by id; `search` is in names, phone and e-mail. */
export interface PartnerFilter extends Slice {
  readonly kind?: PartnerKind | undefined
  readonly active?: boolean | undefined
  readonly search?: string | undefined
}

/** A page of a list and how long the whole list is. */
export interface Listed<A> {
  readonly rows: ReadonlyArray<A>
  readonly total: number
}
