import { Context, Effect, Layer } from "effect"
import type { ExecuteOptions } from "../engine/StockEngine.ts"
import type { ChangedMeanwhile, InvalidInput } from "../stock/Rejection.ts"
import { Store } from "../store/Store.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Batch, BatchId, BatchPatch, NewBatch } from "./Batch.ts"
import type {
  BatchRefusal,
  CatalogDriver,
  ItemRefusal,
  LocationRefusal,
  NotWritten,
  VariationRefusal
} from "./CatalogDriver.ts"
import type {
  DuplicateName,
  DuplicatePartner,
  InvalidKit,
  LocationInUse,
  StillInStock,
  UnknownReference
} from "./CatalogError.ts"
import { catalogOver } from "./catalogOver.ts"
import { gatherNames } from "./gatherNames.ts"
import type { Item, ItemId, ItemPatch, NewItem } from "./Item.ts"
import type { KitComponent, KitComponents } from "./Kit.ts"
import type { Location, LocationId, LocationPatch, NewLocation } from "./Location.ts"
import type { Listed, Named, NamesWanted, TermFilter } from "./lists.ts"
import type { Organization, OrganizationId } from "./Organization.ts"
import type { NewPartner, Partner, PartnerId, PartnerPatch } from "./Partner.ts"
import type { newTerms, TermKind, Terms, termPatches } from "./Term.ts"
import type { NewVariation, Variation, VariationId, VariationPatch } from "./Variation.ts"

/**
 * What may be said with a write. `idempotencyKey` as in `ExecuteOptions`: the same key and write again is answered with
 * the first answer and done once; anything else with that key is an `IdempotencyConflict`. A refusal is not remembered.
 */
export type WriteOptions = Pick<ExecuteOptions, "idempotencyKey">

/** What may be said with a change of something. */
export interface UpdateOptions extends WriteOptions {
  /** Only if it has not changed since the caller read it with this `updatedAt`; else `ChangedMeanwhile`. */
  readonly ifUpdatedAt?: number | undefined
}

/** What may be said with a write of an item. */
export interface ItemOptions extends WriteOptions {
  /** Whether its name must be another than those of all items that are not deleted, else `DuplicateName`; not if left out. */
  readonly uniqueName?: boolean | undefined
}

type Write<A, E = never> = Effect.Effect<A, E | InvalidInput | NotWritten>
type Change<A, E = never> = Write<A | null, E | ChangedMeanwhile>

/** Lists refuse a page that is none. */
type Lists = {
  readonly [K in "items" | "variations" | "batches" | "partners" | "locations"]: (
    ...args: Parameters<CatalogDriver[K]>
  ) => Effect.Effect<Effect.Success<ReturnType<CatalogDriver[K]>>, InvalidInput | StoreError>
}

/**
 * The catalogue: organizations, items with their variations, batches and kits, what items are described with (`Term`),
 * customers and suppliers, and locations.
 *
 * What another organization has is `null`, as if it were not. What is deleted is read as before, but `active: false`; a
 * change of it answers `null`; `restore…` brings it back.
 */
export class Catalog extends Context.Service<
  Catalog,
  Lists &
    Pick<
      CatalogDriver,
      | "organization"
      | "organizations"
      | "item"
      | "itemBySku"
      | "byBarcode"
      | "ownerOf"
      | "components"
      | "variation"
      | "batch"
      | "term"
      | "partner"
      | "partnerOf"
      | "figures"
      | "stockFigures"
      | "location"
    > & {
      /**
       * What an item and its parts are called, without their stock; `null` when the organization has no such item. Those
       * who ask at once are answered by one reading.
       */
      readonly named: (organization: OrganizationId, wanted: NamesWanted) => Effect.Effect<Named | null, StoreError>

      /** Founds a tenant; the first location is its default. Names have 1 to 255 characters, each location its own. */
      readonly createOrganization: (
        name: string,
        locations?: readonly [string, ...Array<string>]
      ) => Effect.Effect<Organization, InvalidInput | StoreError>

      readonly createItem: (
        organization: OrganizationId,
        item: typeof NewItem.Encoded,
        options?: ItemOptions
      ) => Write<Item, ItemRefusal>
      /** Up to 1000 items, all of them or none. */
      readonly createItems: (
        organization: OrganizationId,
        items: ReadonlyArray<typeof NewItem.Encoded>,
        options?: ItemOptions
      ) => Write<ReadonlyArray<Item>, ItemRefusal>
      readonly updateItem: (
        organization: OrganizationId,
        id: ItemId,
        patch: typeof ItemPatch.Encoded,
        options?: ItemOptions & UpdateOptions
      ) => Change<Item, ItemRefusal>
      /** Deletes an item with its variations and batches, if nothing of it is in stock or held. */
      readonly removeItem: (
        organization: OrganizationId,
        id: ItemId,
        options?: UpdateOptions
      ) => Change<Item, StillInStock>
      /** Brings an item back, with the variations and batches that were deleted with it. */
      readonly restoreItem: (organization: OrganizationId, id: ItemId, options?: UpdateOptions) => Change<Item>

      /** Says what a kit is put together from, in this order; from nothing makes it an item like others again. */
      readonly setComponents: (
        organization: OrganizationId,
        kit: ItemId,
        components: typeof KitComponents.Encoded,
        options?: UpdateOptions
      ) => Change<ReadonlyArray<KitComponent>, InvalidKit | UnknownReference | StillInStock>

      readonly createVariation: (
        organization: OrganizationId,
        item: ItemId,
        variation: typeof NewVariation.Encoded,
        options?: WriteOptions
      ) => Write<Variation | null, VariationRefusal>
      readonly updateVariation: (
        organization: OrganizationId,
        id: VariationId,
        patch: typeof VariationPatch.Encoded,
        options?: UpdateOptions
      ) => Change<Variation, VariationRefusal>
      /** Deletes a variation with its batches, if nothing of it is in stock or held. */
      readonly removeVariation: (
        organization: OrganizationId,
        id: VariationId,
        options?: UpdateOptions
      ) => Change<Variation, StillInStock>
      readonly restoreVariation: (
        organization: OrganizationId,
        id: VariationId,
        options?: UpdateOptions
      ) => Change<Variation, VariationRefusal>

      readonly createBatch: (
        organization: OrganizationId,
        item: ItemId,
        batch: typeof NewBatch.Encoded,
        options?: WriteOptions
      ) => Write<Batch | null, BatchRefusal>
      readonly updateBatch: (
        organization: OrganizationId,
        id: BatchId,
        patch: typeof BatchPatch.Encoded,
        options?: UpdateOptions
      ) => Change<Batch, BatchRefusal>
      /** Deletes a batch, if nothing of it is in stock or held. */
      readonly removeBatch: (
        organization: OrganizationId,
        id: BatchId,
        options?: UpdateOptions
      ) => Change<Batch, StillInStock>
      readonly restoreBatch: (
        organization: OrganizationId,
        id: BatchId,
        options?: UpdateOptions
      ) => Change<Batch, BatchRefusal>

      readonly createTerm: <K extends TermKind>(
        kind: K,
        organization: OrganizationId,
        term: (typeof newTerms)[K]["Encoded"],
        options?: WriteOptions
      ) => Write<Terms[K], DuplicateName>
      readonly updateTerm: <K extends TermKind>(
        kind: K,
        organization: OrganizationId,
        id: Terms[K]["id"],
        patch: (typeof termPatches)[K]["Encoded"],
        options?: UpdateOptions
      ) => Change<Terms[K], DuplicateName>
      /** Deletes a category, brand or unit. It stays on the items that have it; no other item gets it. */
      readonly removeTerm: <K extends TermKind>(
        kind: K,
        organization: OrganizationId,
        id: Terms[K]["id"],
        options?: UpdateOptions
      ) => Change<Terms[K]>
      readonly restoreTerm: <K extends TermKind>(
        kind: K,
        organization: OrganizationId,
        id: Terms[K]["id"],
        options?: UpdateOptions
      ) => Change<Terms[K], DuplicateName>
      readonly terms: <K extends TermKind>(
        kind: K,
        filter: TermFilter
      ) => Effect.Effect<Listed<Terms[K]>, InvalidInput | StoreError>

      readonly createPartner: (
        organization: OrganizationId,
        partner: typeof NewPartner.Encoded,
        options?: WriteOptions
      ) => Write<Partner, DuplicatePartner>
      readonly updatePartner: (
        organization: OrganizationId,
        id: PartnerId,
        patch: typeof PartnerPatch.Encoded,
        options?: UpdateOptions
      ) => Change<Partner, DuplicatePartner>
      readonly removePartner: (organization: OrganizationId, id: PartnerId, options?: UpdateOptions) => Change<Partner>
      readonly restorePartner: (
        organization: OrganizationId,
        id: PartnerId,
        options?: UpdateOptions
      ) => Change<Partner, DuplicatePartner>

      readonly createLocation: (
        organization: OrganizationId,
        location: typeof NewLocation.Encoded,
        options?: WriteOptions
      ) => Write<Location, LocationRefusal>
      /** `active: false` closes it. */
      readonly updateLocation: (
        organization: OrganizationId,
        id: LocationId,
        patch: typeof LocationPatch.Encoded,
        options?: UpdateOptions
      ) => Change<Location, LocationRefusal | LocationInUse>
    }
>()("@stockbook/core/catalog/Catalog") {
  static readonly layer: Layer.Layer<Catalog, never, Store> = Layer.effect(
    Catalog,
    Effect.gen(function* () {
      const { catalog } = yield* Store
      return Catalog.of({ ...catalogOver(catalog), named: yield* gatherNames(catalog) })
    })
  )
}
