import type { BatchId } from "../catalog/Batch.ts"
import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { PartnerId } from "../catalog/Partner.ts"
import type { VariationId } from "../catalog/Variation.ts"
import { type DocumentId, type DocumentKind, documentName } from "../documents/Document.ts"
import type { Command, HoldTarget } from "../stock/Command.ts"
import type { HoldId } from "../stock/Hold.ts"
import { isBuiltIn } from "../stock/Reason.ts"
import { serialName } from "../stock/Serial.ts"
import type { Selector } from "../stock/StockKey.ts"
import { scopedName } from "./State.ts"

/** An id together with the tenant it is looked up in. */
export interface Scoped<Id> {
  readonly organization: OrganizationId
  readonly id: Id
}

/**
 * All that a batch of commands names, and so all that must be locked and loaded to decide it. The items of the holds
 * and documents it names belong to it as well; the store finds them. Names go by `scopedName`: a batch mixes organizations, and one of
 * them may name an id that is another's.
 */
export interface Footprint {
  readonly organizations: ReadonlySet<OrganizationId>
  readonly items: ReadonlyMap<string, Scoped<ItemId>>
  readonly locations: ReadonlyMap<string, Scoped<LocationId>>
  readonly variations: ReadonlyMap<string, Scoped<VariationId> & { readonly item: ItemId }>
  readonly batches: ReadonlyMap<string, Scoped<BatchId> & { readonly item: ItemId }>
  readonly suppliers: ReadonlyMap<string, Scoped<PartnerId>>
  readonly holds: ReadonlyMap<string, Scoped<HoldId>>
  readonly references: ReadonlyMap<string, Scoped<string>>
  /** Those of the references that a command acts on, rather than makes. */
  readonly targets: ReadonlySet<string>
  /** Items whose open anonymous holds are wanted, oldest first, as many as cover `units`. */
  readonly anonymous: ReadonlyMap<string, Scoped<ItemId> & { readonly units: number }>
  readonly documents: ReadonlyMap<string, Scoped<DocumentId>>
  /** By `documentName`. */
  readonly documentReferences: ReadonlyMap<string, Scoped<string> & { readonly kind: DocumentKind }>
  /** By `serialName`. */
  readonly serials: ReadonlyMap<string, Scoped<ItemId> & { readonly serial: string }>
  /** With the serials that are to come back of them. */
  readonly movements: ReadonlyMap<string, Scoped<number> & { readonly serials: ReadonlyArray<string> }>
  /** Reasons that are not built in. */
  readonly reasons: ReadonlyMap<string, Scoped<string>>
  /** Locations of which all items are wanted that have something on hand there or within. */
  readonly stocked: ReadonlyMap<string, Scoped<LocationId>>
  /** Organizations whose items' open holds are wanted, to name those that are in the way. */
  readonly openHolds: ReadonlySet<OrganizationId>
  readonly keys: ReadonlyMap<string, Scoped<string>>
}

type Draft = {
  readonly [K in keyof Footprint]: Footprint[K] extends ReadonlyMap<infer A, infer B>
    ? Map<A, B>
    : Footprint[K] extends ReadonlySet<infer C>
      ? Set<C>
      : never
}

/** The footprint of commands, each with its idempotency key if it has one. */
export const footprintOf = (
  batch: ReadonlyArray<{ readonly command: Command; readonly key: string | null }>
): Footprint => {
  const draft: Draft = {
    organizations: new Set(),
    items: new Map(),
    locations: new Map(),
    variations: new Map(),
    batches: new Map(),
    suppliers: new Map(),
    holds: new Map(),
    references: new Map(),
    targets: new Set(),
    anonymous: new Map(),
    documents: new Map(),
    documentReferences: new Map(),
    serials: new Map(),
    movements: new Map(),
    reasons: new Map(),
    stocked: new Map(),
    openHolds: new Set(),
    keys: new Map()
  }
  for (const { command, key } of batch) {
    if (key !== null) {
      draft.keys.set(scopedName(command.organization, key), { organization: command.organization, id: key })
    }
    add(draft, command)
  }
  return draft
}

const add = (draft: Draft, command: Command): void => {
  const { organization } = command
  draft.organizations.add(organization)
  switch (command._tag) {
    case "Linked":
      for (const each of command.commands) add(draft, each)
      return
    case "Bulk":
      for (const row of command.rows) for (const each of row) add(draft, each)
      return
    case "SetHome":
      if (command.location !== null) addLocation(draft, organization, command.location)
      return addPlaces(draft, organization, [{ item: command.item }])
    case "Reserve":
      if (command.reference !== undefined && command.reference !== null) {
        draft.references.set(scopedName(organization, command.reference), { organization, id: command.reference })
      }
      return addPlaces(draft, organization, command.lines)
    case "Receive":
    case "Issue":
    case "Adjust":
      return addPlaces(draft, organization, command.lines)
    case "Set":
      return addPlaces(draft, organization, [command])
    case "ReleaseAnonymous": {
      addPlaces(draft, organization, [command])
      const narrowed = command.location !== undefined || command.variation !== undefined || command.batch !== undefined
      const units = narrowed ? Number.POSITIVE_INFINITY : command.quantity
      const name = scopedName(organization, command.item)
      const before = draft.anonymous.get(name)?.units ?? 0
      draft.anonymous.set(name, { organization, id: command.item, units: before + units })
      return
    }
    case "Release":
    case "Commit":
    case "Fulfil":
      addPlaces(draft, organization, command.lines ?? [])
      return addHold(draft, organization, command.hold)
    case "Extend":
      return addHold(draft, organization, command.hold)
    case "Expire":
      for (const id of command.holds) addHold(draft, organization, { id })
      return
    case "SetCosting":
      for (const { location } of command.locations ?? []) addLocation(draft, organization, location)
      return addPlaces(draft, organization, [command])
    case "Quarantine":
    case "Restore":
    case "WriteOff":
      addReason(draft, organization, command.reason)
      return addPlaces(draft, organization, command.lines)
    case "WriteOffAll":
      addReason(draft, organization, command.reason)
      draft.openHolds.add(organization)
      return addPlaces(draft, organization, [command])
    case "Return":
      addReason(draft, organization, command.reason)
      for (const line of command.lines) {
        if (!("movement" in line)) addPlaces(draft, organization, [line])
        else {
          addMovement(draft, organization, line.movement, line.serials)
          if (line.location !== undefined) addLocation(draft, organization, line.location)
        }
      }
      return
    case "Reverse":
      addReason(draft, organization, command.reason)
      return addMovement(draft, organization, command.movement)
    case "ExpireBatches":
      return addPlaces(
        draft,
        organization,
        command.items.map((item) => ({ item }))
      )
    case "Reallocate":
      addPlaces(
        draft,
        organization,
        (command.lines ?? []).map(({ item, to = {} }) => ({ item, ...to }))
      )
      return addHold(draft, organization, command.hold)
    case "CancelBackorder":
    case "PrioritizeBackorder":
      draft.documents.set(scopedName(organization, command.backorder.id), { organization, id: command.backorder.id })
      return
    case "SetPolicy":
      for (const id of command.pickLocations ?? []) addLocation(draft, organization, id)
      return addPlaces(draft, organization, [command])
    case "SnoozeAlert":
    case "TrackSerials":
    case "Open":
      return addPlaces(draft, organization, [command])
    case "Notify":
      return
    case "PlaceOrder":
      if (command.reference !== undefined && command.reference !== null) {
        addDocument(draft, organization, `${command.side}Order`, { reference: command.reference })
      }
      return addPlaces(draft, organization, [command])
    case "CompleteOrder":
    case "CancelOrder": {
      const { order } = command
      return addDocument(draft, organization, "side" in order ? `${order.side}Order` : "incomingOrder", order)
    }
    case "RequestTransfer":
      if (command.reference !== undefined && command.reference !== null) {
        addDocument(draft, organization, "transfer", { reference: command.reference })
      }
      addLocation(draft, organization, command.from)
      addLocation(draft, organization, command.to)
      return addPlaces(draft, organization, command.lines)
    case "ReceiveTransfer":
      for (const lines of [command.lines, command.lost, command.found]) addPlaces(draft, organization, lines ?? [])
      return addDocument(draft, organization, "transfer", command.transfer)
    case "ExpectSupply":
      if (command.reference !== undefined && command.reference !== null) {
        addDocument(draft, organization, "supply", { reference: command.reference })
      }
      if (command.supplier !== undefined && command.supplier !== null) {
        draft.suppliers.set(scopedName(organization, command.supplier), { organization, id: command.supplier })
      }
      return addPlaces(draft, organization, command.lines)
    case "ReceiveSupply":
      addPlaces(draft, organization, command.lines ?? [])
      return addDocument(draft, organization, "supply", command.supply)
    case "CloseSupply":
    case "CancelSupply":
      return addDocument(draft, organization, "supply", command.supply)
    case "DispatchTransfer":
      addPlaces(draft, organization, command.lines ?? [])
      return addDocument(draft, organization, "transfer", command.transfer)
    case "StartCount":
      addReason(draft, organization, command.reason)
      if (command.reference !== undefined && command.reference !== null) {
        addDocument(draft, organization, "count", { reference: command.reference })
      }
      if (command.location !== undefined) {
        addLocation(draft, organization, command.location)
        if (command.items === undefined) {
          draft.stocked.set(scopedName(organization, command.location), { organization, id: command.location })
        }
      }
      return addPlaces(draft, organization, command.items ?? [])
    case "RecordCount":
      addDocument(draft, organization, "count", command.count)
      return addPlaces(draft, organization, command.lines)
    case "PostCount":
      addReason(draft, organization, command.reason)
      draft.openHolds.add(organization)
      return addDocument(draft, organization, "count", command.count)
    case "CancelCount":
      return addDocument(draft, organization, "count", command.count)
    case "CompleteTransfer":
    case "CancelTransfer":
      return addDocument(draft, organization, "transfer", command.transfer)
  }
}

const addPlaces = (
  draft: Draft,
  organization: OrganizationId,
  lines: ReadonlyArray<Selector & { readonly serials?: ReadonlyArray<string> }>
): void => {
  for (const { item, variation, batch, location, serials } of lines) {
    draft.items.set(scopedName(organization, item), { organization, id: item })
    if (location !== undefined) addLocation(draft, organization, location)
    if (variation !== undefined) {
      draft.variations.set(scopedName(organization, variation), { organization, id: variation, item })
    }
    for (const serial of serials ?? []) draft.serials.set(serialName(item, serial), { organization, id: item, serial })
    if (batch !== undefined) draft.batches.set(scopedName(organization, batch), { organization, id: batch, item })
  }
}

const addLocation = (draft: Draft, organization: OrganizationId, id: LocationId): void => {
  draft.locations.set(scopedName(organization, id), { organization, id })
}

const addMovement = (
  draft: Draft,
  organization: OrganizationId,
  id: number,
  serials: ReadonlyArray<string> = []
): void => {
  const before = draft.movements.get(scopedName(organization, id))?.serials ?? []
  draft.movements.set(scopedName(organization, id), { organization, id, serials: [...before, ...serials] })
}

const addReason = (draft: Draft, organization: OrganizationId, reason: string | null | undefined): void => {
  if (reason === undefined || reason === null || isBuiltIn(reason)) return
  draft.reasons.set(scopedName(organization, reason), { organization, id: reason })
}

const addHold = (draft: Draft, organization: OrganizationId, target: HoldTarget): void => {
  if ("id" in target) {
    draft.holds.set(scopedName(organization, target.id), { organization, id: target.id })
  } else {
    const name = scopedName(organization, target.reference)
    draft.references.set(name, { organization, id: target.reference })
    draft.targets.add(name)
  }
}

const addDocument = (
  draft: Draft,
  organization: OrganizationId,
  kind: DocumentKind,
  target: { readonly id: DocumentId } | { readonly reference: string }
): void => {
  if ("id" in target) draft.documents.set(scopedName(organization, target.id), { organization, id: target.id })
  else {
    const { reference } = target
    draft.documentReferences.set(documentName(organization, kind, reference), { organization, kind, id: reference })
  }
}
