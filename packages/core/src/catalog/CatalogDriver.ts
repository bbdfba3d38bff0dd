import type { Effect } from "effect"
import type { Levels } from "../stock/Levels.ts"
import type { ChangedMeanwhile } from "../stock/Rejection.ts"
import type { StoreError } from "../store/StoreError.ts"
import type {
  DuplicateBarcode,
  DuplicateLocationName,
  DuplicateSku,
  LocationCycle,
  LocationInUse,
  UnknownReference
} from "./CatalogError.ts"
import type { Item, ItemId, ItemPatch, NewItem } from "./Item.ts"
import type { Location, LocationId, LocationKind, LocationPatch, NewLocation } from "./Location.ts"
import type { Organization, OrganizationId } from "./Organization.ts"

/** An item with its stock over all locations; what due holds still hold softly counts as available. Units. */
export interface StockedItem extends Item, Levels {
  /** When its stock record began; `null` before its first stock. */
  readonly openedAt: number | null
  readonly stockUpdatedAt: number
  readonly lowStockThreshold: number | null
  /** Moves on with every change to anything within the item. */
  readonly version: number
}

/** On what condition something is changed. */
export interface UpdateOptions {
  /**
   * Only if it has not changed since the caller read it with this `updatedAt`; else `ChangedMeanwhile`. No two versions
   * of a thing have the same.
   */
  readonly ifUpdatedAt?: number | undefined
}

/** Which items, in which order. Text is matched anywhere, ignoring ASCII case. */
export interface ItemFilter {
  readonly organization: OrganizationId
  /** In name, SKU, barcode, description or category. */
  readonly search?: string | undefined
  readonly active?: boolean | undefined
  /** Only items with a stock record. */
  readonly opened?: boolean | undefined
  /** Only items whose available stock is at or below their threshold. */
  readonly lowStock?: boolean | undefined
  /** Made at this instant (epoch milliseconds) or later. */
  readonly createdFrom?: number | undefined
  /** Made before this instant. */
  readonly createdUntil?: number | undefined
  readonly sort?: ItemSort | undefined
  readonly offset: number
  readonly limit: number
}

/** `stock` is on hand; ties go by id. */
export type ItemSort = "id_asc" | "name_asc" | "name_desc" | "stock_asc" | "stock_desc" | "created_asc" | "created_desc"

/** A page of a list and how long the whole list is. */
export interface Listed<A> {
  readonly rows: ReadonlyArray<A>
  readonly total: number
}

/** Why an item is not taken as given. */
export type ItemRefusal = DuplicateSku | DuplicateBarcode | UnknownReference

/** Why a location is not taken as given. */
export type LocationRefusal = DuplicateLocationName | UnknownReference | LocationCycle

/**
 * The narrow contract of the catalogue. Input is checked already.
 *
 * Law: names and SKUs are unique in their organization under any concurrency; every change bumps the version of the
 * item it concerns, makes `updatedAt` later than it was, and is written with its outbox event in one transaction; a failed call wrote nothing. An id of
 * another organization is answered as one that does not exist.
 */
export interface CatalogDriver {
  /** Founds a tenant with its locations, the first of them the default. */
  readonly insertOrganization: (
    name: string,
    locations: readonly [string, ...Array<string>]
  ) => Effect.Effect<Organization, StoreError>
  readonly organization: (id: OrganizationId) => Effect.Effect<Organization | null, StoreError>
  readonly insertItem: (organization: OrganizationId, item: NewItem) => Effect.Effect<Item, ItemRefusal | StoreError>
  readonly updateItem: (
    organization: OrganizationId,
    id: ItemId,
    patch: ItemPatch,
    options?: UpdateOptions
  ) => Effect.Effect<Item | null, ItemRefusal | ChangedMeanwhile | StoreError>
  readonly item: (organization: OrganizationId, id: ItemId) => Effect.Effect<StockedItem | null, StoreError>
  readonly itemBySku: (organization: OrganizationId, sku: string) => Effect.Effect<StockedItem | null, StoreError>
  readonly items: (filter: ItemFilter) => Effect.Effect<Listed<StockedItem>, StoreError>
  readonly insertLocation: (
    organization: OrganizationId,
    location: NewLocation
  ) => Effect.Effect<Location, LocationRefusal | StoreError>
  /** Closing a location (`active: false`) that has stock on hand is refused. */
  readonly updateLocation: (
    organization: OrganizationId,
    id: LocationId,
    patch: LocationPatch,
    options?: UpdateOptions
  ) => Effect.Effect<Location | null, LocationRefusal | LocationInUse | ChangedMeanwhile | StoreError>
  readonly location: (organization: OrganizationId, id: LocationId) => Effect.Effect<Location | null, StoreError>
  readonly locations: (filter: {
    readonly organization: OrganizationId
    readonly active?: boolean | undefined
    /** Of this kind; of all but `transit` when left out. */
    readonly kind?: LocationKind | undefined
    /** In name or place. */
    readonly search?: string | undefined
    readonly offset: number
    readonly limit: number
  }) => Effect.Effect<Listed<Location>, StoreError>
}
