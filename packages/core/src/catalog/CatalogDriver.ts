import type { Effect } from "effect"
import type { ChangedMeanwhile, IdempotencyConflict } from "../stock/Rejection.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Batch, BatchId, BatchPatch, NewBatch } from "./Batch.ts"
import type {
  DuplicateBarcode,
  DuplicateLocationName,
  DuplicateName,
  DuplicatePartner,
  DuplicateSku,
  InvalidKit,
  LocationCycle,
  LocationInUse,
  StillInStock,
  UnknownReference
} from "./CatalogError.ts"
import type { CatalogFigures } from "./CatalogFigures.ts"
import type { Item, ItemId, ItemPatch, NewItem } from "./Item.ts"
import type { KitComponent } from "./Kit.ts"
import type { Location, LocationId, LocationPatch, NewLocation } from "./Location.ts"
import type {
  BatchFilter,
  ItemFilter,
  Listed,
  LocationFilter,
  Named,
  NamesWanted,
  PartnerFilter,
  StockedBatch,
  StockedItem,
  StockedVariation,
  TermFilter,
  VariationFilter
} from "./lists.ts"
import type { Organization, OrganizationId } from "./Organization.ts"
import type { NewPartner, Partner, PartnerId, PartnerKind, PartnerPatch } from "./Partner.ts"
import type { StockFigures } from "./StockFigures.ts"
import type { NewTerms, TermKind, TermPatches, Terms } from "./Term.ts"
import type { NewVariation, Variation, VariationId, VariationPatch } from "./Variation.ts"

/** What makes a write happen once: the caller's key, and a short name for all that was asked. */
export interface Once {
  readonly key: string
  readonly fingerprint: string
}

/** How something is written, beside what is. */
export interface How {
  /** `null` for a write without a key. */
  readonly once: Once | null
  /**
   * A change is made only if the thing has not changed since the caller read it with this `updatedAt`; else it fails
   * with `ChangedMeanwhile`. `null` whatever it was. No two versions of a thing have the same.
   */
  readonly ifUpdatedAt: number | null
}

/** What any write may fail with: it was not stored, or its key was used for something else. */
export type NotWritten = IdempotencyConflict | StoreError

/** Why an item is not taken as given. */
export type ItemRefusal = DuplicateSku | DuplicateBarcode | DuplicateName | UnknownReference

/** Why a variation is not taken as given. */
export type VariationRefusal = DuplicateSku | DuplicateBarcode | DuplicateName | UnknownReference

/** Why a batch is not taken as given. */
export type BatchRefusal = DuplicateName | UnknownReference

/** Why a location is not taken as given. */
export type LocationRefusal = DuplicateLocationName | UnknownReference | LocationCycle

/** What ids are unique of in the store. */
export type Part = "item" | "variation" | "batch"

type Write<A, E = never> = Effect.Effect<A, E | NotWritten>
/** A change of something that may not be there: then it answers `null`. */
type Change<A, E = never> = Effect.Effect<A | null, E | ChangedMeanwhile | NotWritten>
type Read<A> = Effect.Effect<A, StoreError>

/** What is asked of an insertion beside what the input says. */
export interface ItemRule {
  /** No other item that is not deleted may have the name. */
  readonly uniqueName: boolean
}

/**
 * The narrow contract of the catalogue. Input is checked already; `null` answers for what the organization does not
 * have, and for a change of what is deleted.
 *
 * Law: what the models say is unique is so under any concurrency. Every write to an item, its variations, batches and
 * components takes the item's lock, the one `StockDriver.transact` takes, and raises the item's version; so nothing is
 * deleted that has stock or is held, and nothing is decided on what has been deleted since. It is written with its
 * outbox event in one transaction, and with the answer of its key (`Once`): of any number of equal writes with one key
 * one is carried out, and all have its answer. Every change makes `updatedAt` later than it was. A failed call wrote nothing. An id of another organization is answered
 * as one that does not exist.
 */
export interface CatalogDriver {
  /** Founds a tenant with its locations, the first of them the default. */
  readonly insertOrganization: (name: string, locations: readonly [string, ...Array<string>]) => Read<Organization>
  readonly organization: (id: OrganizationId) => Read<Organization | null>
  /** Every tenant after an id, the oldest first. For those who run the store: a tenant never sees it. */
  readonly organizations: (after: number, limit: number) => Read<ReadonlyArray<Organization>>

  /** All of them or none. */
  readonly insertItems: (
    organization: OrganizationId,
    items: ReadonlyArray<NewItem>,
    rule: ItemRule,
    how: How
  ) => Write<ReadonlyArray<Item>, ItemRefusal>
  readonly updateItem: (
    organization: OrganizationId,
    id: ItemId,
    patch: ItemPatch,
    rule: ItemRule,
    how: How
  ) => Change<Item, ItemRefusal>
  /** With its variations and batches. */
  readonly removeItem: (organization: OrganizationId, id: ItemId, how: How) => Change<Item, StillInStock>
  /** With the variations and batches that were deleted with it. */
  readonly restoreItem: (organization: OrganizationId, id: ItemId, how: How) => Change<Item>
  readonly item: (organization: OrganizationId, id: ItemId) => Read<StockedItem | null>
  readonly itemBySku: (organization: OrganizationId, sku: string) => Read<StockedItem | null>
  readonly items: (filter: ItemFilter) => Read<Listed<StockedItem>>
  /** The item, or the variation of it, that has a barcode. */
  readonly byBarcode: (
    organization: OrganizationId,
    barcode: string
  ) => Read<{ readonly item: ItemId; readonly variation: VariationId | null } | null>

  /**
   * What items and their parts are called, without their stock, in the order asked for; `null` for an item that the
   * organization does not have.
   */
  readonly named: (
    organization: OrganizationId,
    wanted: ReadonlyArray<NamesWanted>
  ) => Read<ReadonlyArray<Named | null>>
  /** What the organization has, in figures, of one committed state. */
  readonly figures: (organization: OrganizationId) => Read<CatalogFigures>
  /** What it has in stock, of one committed state. */
  readonly stockFigures: (organization: OrganizationId) => Read<StockFigures>
  /** Whose an item, variation or batch of this id is; `null` when nobody's. */
  readonly ownerOf: (part: Part, id: number) => Read<OrganizationId | null>

  /** What a kit is put together from; none for an item that is no kit. */
  readonly components: (organization: OrganizationId, kit: ItemId) => Read<ReadonlyArray<KitComponent>>
  readonly setComponents: (
    organization: OrganizationId,
    kit: ItemId,
    components: ReadonlyArray<KitComponent>,
    how: How
  ) => Change<ReadonlyArray<KitComponent>, InvalidKit | UnknownReference | StillInStock>

  readonly insertVariation: (
    organization: OrganizationId,
    item: ItemId,
    variation: NewVariation,
    how: How
  ) => Write<Variation | null, VariationRefusal>
  readonly updateVariation: (
    organization: OrganizationId,
    id: VariationId,
    patch: VariationPatch,
    how: How
  ) => Change<Variation, VariationRefusal>
  /** With its batches. */
  readonly removeVariation: (organization: OrganizationId, id: VariationId, how: How) => Change<Variation, StillInStock>
  /** With the batches that were deleted with it. */
  readonly restoreVariation: (
    organization: OrganizationId,
    id: VariationId,
    how: How
  ) => Change<Variation, VariationRefusal>
  readonly variation: (organization: OrganizationId, id: VariationId) => Read<StockedVariation | null>
  readonly variations: (filter: VariationFilter) => Read<Listed<StockedVariation>>

  readonly insertBatch: (
    organization: OrganizationId,
    item: ItemId,
    batch: NewBatch,
    how: How
  ) => Write<Batch | null, BatchRefusal>
  readonly updateBatch: (
    organization: OrganizationId,
    id: BatchId,
    patch: BatchPatch,
    how: How
  ) => Change<Batch, BatchRefusal>
  readonly removeBatch: (organization: OrganizationId, id: BatchId, how: How) => Change<Batch, StillInStock>
  readonly restoreBatch: (organization: OrganizationId, id: BatchId, how: How) => Change<Batch, BatchRefusal>
  readonly batch: (organization: OrganizationId, id: BatchId) => Read<StockedBatch | null>
  readonly batches: (filter: BatchFilter) => Read<Listed<StockedBatch>>

  readonly insertTerm: <K extends TermKind>(
    kind: K,
    organization: OrganizationId,
    term: NewTerms[K],
    how: How
  ) => Write<Terms[K], DuplicateName>
  readonly updateTerm: <K extends TermKind>(
    kind: K,
    organization: OrganizationId,
    id: Terms[K]["id"],
    patch: TermPatches[K],
    how: How
  ) => Change<Terms[K], DuplicateName>
  readonly removeTerm: <K extends TermKind>(
    kind: K,
    organization: OrganizationId,
    id: Terms[K]["id"],
    how: How
  ) => Change<Terms[K]>
  readonly restoreTerm: <K extends TermKind>(
    kind: K,
    organization: OrganizationId,
    id: Terms[K]["id"],
    how: How
  ) => Change<Terms[K], DuplicateName>
  readonly term: <K extends TermKind>(
    kind: K,
    organization: OrganizationId,
    id: Terms[K]["id"]
  ) => Read<Terms[K] | null>
  readonly terms: <K extends TermKind>(kind: K, filter: TermFilter) => Read<Listed<Terms[K]>>

  readonly insertPartner: (
    organization: OrganizationId,
    partner: NewPartner,
    how: How
  ) => Write<Partner, DuplicatePartner>
  readonly updatePartner: (
    organization: OrganizationId,
    id: PartnerId,
    patch: PartnerPatch,
    how: How
  ) => Change<Partner, DuplicatePartner>
  readonly removePartner: (organization: OrganizationId, id: PartnerId, how: How) => Change<Partner>
  readonly restorePartner: (organization: OrganizationId, id: PartnerId, how: How) => Change<Partner, DuplicatePartner>
  readonly partner: (organization: OrganizationId, id: PartnerId) => Read<Partner | null>
  /** The customer or supplier that a user is. */
  readonly partnerOf: (organization: OrganizationId, kind: PartnerKind, user: number) => Read<Partner | null>
  readonly partners: (filter: PartnerFilter) => Read<Listed<Partner>>

  readonly insertLocation: (
    organization: OrganizationId,
    location: NewLocation,
    how: How
  ) => Write<Location, LocationRefusal>
  /** Closing a location (`active: false`) that has stock on hand is refused. */
  readonly updateLocation: (
    organization: OrganizationId,
    id: LocationId,
    patch: LocationPatch,
    how: How
  ) => Change<Location, LocationRefusal | LocationInUse>
  readonly location: (organization: OrganizationId, id: LocationId) => Read<Location | null>
  readonly locations: (filter: LocationFilter) => Read<Listed<Location>>
}
