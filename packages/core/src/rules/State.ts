import type { ItemId } from "../catalog/Item.ts"
import type { LocationId } from "../catalog/Location.ts"
import type { OrganizationId } from "../catalog/Organization.ts"
import type { Hold, HoldId } from "../stock/Hold.ts"
import type { StockKey } from "../stock/StockKey.ts"

/** Units per state of a leaf or an item while a batch is folded. */
export interface WorkingLevels {
  available: number
  reserved: number
  committed: number
  quarantined: number
}

/** One leaf while a batch is folded. */
export interface WorkingLeaf extends WorkingLevels {
  readonly key: StockKey
}

/** One item with all its leaves while a batch is folded. Only `evolve` writes to it. */
export interface WorkingItem {
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly active: boolean
  /** As loaded; every change to anything within the item raises it by one per batch. */
  version: number
  /** When its stock record began; `null` before its first stock. */
  openedAt: number | null
  lowStockThreshold: number | null
  /** A low-stock alert was raised and not cleared since. */
  alert: boolean
  /** Time of its last change: the item's time never goes back. */
  clock: number
  readonly totals: WorkingLevels
  readonly leaves: Map<string, WorkingLeaf>
  /** Open anonymous holds, oldest first; present when a command of the batch may release from them. */
  anonymous: Array<HoldId> | null
}

/** All that a batch of commands needs to be decided: loaded by the store, folded by the rules. */
export interface StockState {
  readonly organizations: Map<OrganizationId, { readonly defaultLocation: LocationId }>
  readonly locations: Map<LocationId, { readonly organization: OrganizationId; readonly active: boolean }>
  readonly items: Map<ItemId, WorkingItem>
  readonly holds: Map<HoldId, Hold>
  /** Holds by organization and reference; see `scopedName`. */
  readonly references: Map<string, HoldId>
  /** The next id of a movement, hold or event. */
  nextId: number
  /** In a scratch state, the items copied so far; `null` in one that is written to in place. */
  readonly copied: Set<ItemId> | null
}

/** The name of a leaf within its item. */
export const leafName = (location: number, variation: number | null, batch: number | null): string =>
  `${location}/${variation ?? ""}/${batch ?? ""}`

/** The name of an id, a reference or an idempotency key among those of all organizations. */
export const scopedName = (organization: OrganizationId, id: number | string): string => `${organization}/${id}`

/** A state that can be folded further without touching the original: `evolve` copies an item before it writes to it. */
export const scratchOf = (state: StockState): StockState => ({
  ...state,
  items: new Map(state.items),
  holds: new Map(state.holds),
  references: new Map(state.references),
  copied: new Set()
})

/** The item as `evolve` may write to it. */
export const writableItem = (state: StockState, id: ItemId): WorkingItem | undefined => {
  const item = state.items.get(id)
  if (item === undefined || state.copied === null || state.copied.has(id)) return item
  const copy: WorkingItem = {
    ...item,
    totals: { ...item.totals },
    leaves: new Map(Array.from(item.leaves, ([name, leaf]) => [name, { ...leaf }])),
    anonymous: item.anonymous === null ? null : [...item.anonymous]
  }
  state.items.set(id, copy)
  state.copied.add(id)
  return copy
}
