import type { ItemId } from "../catalog/Item.ts"
import type { Footprint } from "../rules/Footprint.ts"
import type { Folded } from "../rules/fold.ts"
import { type StockState, scopedName, type WorkingItem } from "../rules/State.ts"
import { type Hold, type HoldId, holdStatus } from "../stock/Hold.ts"
import type { Guard, Loaded } from "../store/StockDriver.ts"

interface Remembered {
  readonly item: WorkingItem
  /** No softly held unit and no batch of the item expires before this. */
  nextExpiry: number
  readonly holds: Set<HoldId>
}

/** How much is remembered: an item with more leaves than this is not, for one item could fill the memory. */
const maxLeaves = 500
/** Open holds remembered of one item, the latest; older ones are read again when they are named. */
const maxHolds = 2_000
/**
 * How long an item that conflicted is left to the locked road, milliseconds; doubled when it conflicts again before it
 * was free for as long.
 */
const shun = { first: 20, longest: 2_000 }

/** So far apart, in milliseconds, two clocks of one process may go before one of them counts as set. */
const tolerance = 20

/** This process's time, milliseconds: its wall clock, which may be set, and one that only ever runs. */
export interface LocalTime {
  readonly now: number
  readonly steady: number
}

/**
 * What this process last read of items, or has sent the store to be written: good to decide on, never good to answer on
 * before the store has confirmed the versions. Bounded; the items used longest ago go first.
 *
 * Law: what is remembered is what will be there when everything sent is stored. When something sent is not, its items
 * are forgotten, and what was decided on them since cannot be stored either, for the versions it foretold never come.
 */
export class ItemMemory {
  readonly #capacity: number
  readonly #items = new Map<ItemId, Remembered>()
  readonly #holds = new Map<HoldId, Hold>()
  readonly #references = new Map<string, HoldId>()
  readonly #organizations: StockState["organizations"] = new Map()
  readonly #locations: StockState["locations"] = new Map()
  readonly #shunned = new Map<ItemId, { until: number; wait: number }>()
  /** The store's clock less this process's, milliseconds. */
  #clockAhead = 0
  /** This process's wall clock less its steady one, when the store's was read. */
  #wallAhead = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Stands for what is remembered of an item: another one once it was read again. */
  current(id: ItemId): object | null {
    return this.#items.get(id)?.item ?? null
  }

  /**
   * The state a footprint is decided on, giving out ids from `nextId` on, and the store's time, if all of it is
   * remembered, nothing is due, and this process's clock was not set since it was compared with the store's.
   */
  recall(
    footprint: Footprint,
    nextId: number,
    local: LocalTime
  ): { readonly state: StockState; readonly now: number } | null {
    if (Math.abs(local.now - local.steady - this.#wallAhead) > tolerance) return null
    if (footprint.documents.size + footprint.documentReferences.size + footprint.serials.size > 0) return null
    if (footprint.anonymous.size > 0) return null
    if (footprint.movements.size + footprint.reasons.size + footprint.openHolds.size + footprint.stocked.size > 0)
      return null
    if (footprint.suppliers.size > 0) return null
    const state: StockState = {
      organizations: this.#organizations,
      locations: this.#locations,
      items: new Map(),
      holds: new Map(),
      references: new Map(),
      documents: new Map(),
      documentReferences: new Map(),
      serials: new Map(),
      movements: new Map(),
      suppliers: new Set(),
      reasons: new Set(),
      openLines: [],
      nextId,
      copied: null
    }
    for (const organization of footprint.organizations) if (!this.#organizations.has(organization)) return null
    for (const { id, organization } of footprint.locations.values()) {
      // A store finds no location of another's: a guard that asked for it could not hold, whatever is remembered.
      if (this.#locations.get(id)?.organization !== organization) return null
    }
    for (const { id, organization } of footprint.holds.values()) {
      if (this.#holds.get(id)?.organization !== organization || !this.#take(state, id)) return null
    }
    for (const name of footprint.references.keys()) {
      const id = this.#references.get(name)
      if (id === undefined ? footprint.targets.has(name) : !this.#take(state, id)) return null
    }
    for (const { id } of footprint.items.values()) if (!this.#takeItem(state, id)) return null
    for (const { id, item } of footprint.variations.values()) {
      if (state.items.get(item)?.variations.has(id) !== true) return null
    }
    for (const { id, item } of footprint.batches.values()) {
      if (state.items.get(item)?.batches.has(id) !== true) return null
    }
    return this.#settled(state, local) ? { state, now: local.now + this.#clockAhead } : null
  }

  /** Whether nothing of the items is due by the time the fold would have, and none of them is left to the locked road. */
  #settled(state: StockState, local: LocalTime): boolean {
    let now = local.now + this.#clockAhead
    for (const item of state.items.values()) now = Math.max(now, item.clock)
    for (const id of state.items.keys()) {
      if ((this.#items.get(id)?.nextExpiry ?? 0) <= now) return false
      if ((this.#shunned.get(id)?.until ?? 0) > local.steady) return false
    }
    return true
  }

  #take(state: StockState, id: HoldId): boolean {
    const hold = this.#holds.get(id)
    if (hold === undefined) return false
    state.holds.set(id, hold)
    if (hold.reference !== null) state.references.set(scopedName(hold.organization, hold.reference), id)
    return hold.lines.every((line) => this.#takeItem(state, line.item))
  }

  #takeItem(state: StockState, id: ItemId): boolean {
    const known = this.#items.get(id)
    if (known === undefined) return false
    // Where stock lands while a location is closed, and when it is open again, is for the store to say.
    const home = known.item.details?.home
    if (home !== undefined && this.#locations.get(home)?.active !== true) return false
    state.items.set(id, known.item)
    return true
  }

  /** What must be true of the store for answers that were decided on recalled state. Ask before versions rise. */
  guard(footprint: Footprint, state: StockState, folded: Folded): Guard {
    const recorded = new Set(folded.records.map(({ organization, key }) => scopedName(organization, key)))
    const made = new Set<string>()
    for (const id of folded.holds) {
      const hold = state.holds.get(id)
      if (hold?.reference != null) made.add(scopedName(hold.organization, hold.reference))
    }
    return {
      versions: Array.from(state.items.values(), ({ organization, item, version }) => ({
        organization,
        item,
        version
      })),
      locations: [
        ...footprint.locations.values(),
        ...Array.from(state.items.values()).flatMap(({ organization, details }) =>
          details?.home === undefined ? [] : [{ organization, id: details.home }]
        )
      ],
      absentKeys: Array.from(footprint.keys).flatMap(([name, key]) => (recorded.has(name) ? [] : [key])),
      absentReferences: Array.from(footprint.references).flatMap(([name, reference]) =>
        made.has(name) || this.#references.has(name) ? [] : [reference]
      )
    }
  }

  /** What was decided on recalled state has been sent: what is decided next is decided on it. */
  expect(state: StockState, folded: Folded): void {
    this.#keepHolds(state, folded.holds)
    this.#touch(state.items.keys())
  }

  /** What was decided on recalled state is stored. */
  confirm(state: StockState): void {
    for (const item of state.items.keys()) this.#shunned.delete(item)
  }

  /**
   * What was read, at this time of the process, and written on the locked road. Items whose next expiry is not known
   * are not remembered.
   */
  learn(loaded: Loaded, state: StockState, folded: Folded | null, local: LocalTime): void {
    this.#clockAhead = loaded.now - local.now
    this.#wallAhead = local.now - local.steady
    for (const [id, organization] of state.organizations) this.#organizations.set(id, organization)
    for (const [id, location] of state.locations) this.#locations.set(id, location)
    for (const { item: id, nextExpiry } of loaded.items) {
      this.forget([id])
      const item = state.items.get(id)
      if (item === undefined || nextExpiry === undefined || item.leaves.size > maxLeaves) continue
      // What is attached to an item is read with it every time.
      if (item.details?.attached !== undefined || item.details?.serials === true) continue
      item.anonymous = null
      const expiry = Math.min(nextExpiry ?? Number.POSITIVE_INFINITY, nextBatchExpiry(item, loaded.now))
      this.#items.set(id, { item, nextExpiry: expiry, holds: new Set() })
    }
    if (folded !== null) this.#keepHolds(state, folded.holds)
    this.#keepHolds(state, state.holds.keys())
    this.#touch([])
  }

  #keepHolds(state: StockState, ids: Iterable<HoldId>): void {
    for (const id of ids) {
      const hold = state.holds.get(id)
      if (hold === undefined) continue
      const of = hold.lines.map((line) => this.#items.get(line.item))
      const open = holdStatus(hold) === "open" && of.every((known) => known !== undefined)
      if (!open) {
        this.#dropHold(id)
        continue
      }
      this.#holds.set(id, hold)
      if (hold.reference !== null) this.#references.set(scopedName(hold.organization, hold.reference), id)
      const soft = hold.expiresAt !== null && hold.lines.some((line) => line.reserved > 0)
      for (const known of of) {
        if (known === undefined) continue
        if (soft && hold.expiresAt !== null) known.nextExpiry = Math.min(known.nextExpiry, hold.expiresAt)
        known.holds.add(id)
        if (known.holds.size <= maxHolds) continue
        const [oldest] = known.holds
        if (oldest !== undefined) this.#dropHold(oldest)
      }
    }
  }

  #dropHold(id: HoldId): void {
    const hold = this.#holds.get(id)
    if (hold === undefined) return
    this.#holds.delete(id)
    if (hold.reference !== null) {
      const name = scopedName(hold.organization, hold.reference)
      if (this.#references.get(name) === id) this.#references.delete(name)
    }
    for (const line of hold.lines) this.#items.get(line.item)?.holds.delete(id)
  }

  /** Marks items as just used, and lets go of those used longest ago. */
  #touch(items: Iterable<ItemId>): void {
    for (const id of items) {
      const known = this.#items.get(id)
      if (known === undefined) continue
      this.#items.delete(id)
      this.#items.set(id, known)
    }
    while (this.#items.size > this.#capacity) {
      const [oldest] = this.#items.keys()
      if (oldest === undefined) return
      this.forget([oldest])
    }
  }

  /** What is remembered of these items may be wrong. */
  forget(items: Iterable<ItemId>): void {
    for (const id of items) {
      const known = this.#items.get(id)
      if (known === undefined) continue
      for (const hold of Array.from(known.holds)) this.#dropHold(hold)
      this.#items.delete(id)
    }
  }

  /** The store refused what was decided on these items: somebody else writes them too. */
  conflict(items: Iterable<ItemId>, { steady }: LocalTime): void {
    for (const id of items) {
      const before = this.#shunned.get(id)
      const again = before !== undefined && steady < before.until + before.wait
      const wait = again ? Math.min(before.wait * 2, shun.longest) : shun.first
      this.#shunned.set(id, { until: steady + wait, wait })
    }
    if (this.#shunned.size > this.#capacity) this.#shunned.clear()
  }
}

/** When the next of an item's batches expires, whether or not there is stock of it yet. */
const nextBatchExpiry = ({ batches }: WorkingItem, now: number): number => {
  let next = Number.POSITIVE_INFINITY
  for (const { expiresAt } of batches.values())
    if (expiresAt !== null && expiresAt > now) next = Math.min(next, expiresAt)
  return next
}
