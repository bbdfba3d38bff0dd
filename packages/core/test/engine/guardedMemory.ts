import { Context, Effect, Layer } from "effect"
import type { IdentityDriver } from "../../src/identity/IdentityDriver.ts"
import type { Footprint } from "../../src/rules/Footprint.ts"
import { scopedName } from "../../src/rules/State.ts"
import { holdStatus } from "../../src/stock/Hold.ts"
import * as MemoryStore from "../../src/store/memory/MemoryStore.ts"
import type { Changes, Guard, Loaded, StockDriver } from "../../src/store/StockDriver.ts"
import { Store } from "../../src/store/Store.ts"

/** What went over each road. */
export interface Traffic {
  guarded: number
  refused: number
  locked: number
}

/** The memory store as one that can confirm what was remembered, its ids given out in blocks. */
export const guardedMemory = (traffic: Traffic, block = 1_000_000): Layer.Layer<Store | IdentityDriver> =>
  Layer.effectContext(
    Effect.map(Effect.context<Store | IdentityDriver>(), (context) => {
      const store = Context.get(context, Store)
      const inner = store.stock.transact
      let blocks = 1
      const stock: StockDriver = {
        transact: (footprint, fold) =>
          Effect.suspend(() => {
            traffic.locked += 1
            const nextId = block * blocks++
            return inner(footprint, (loaded) => fold({ ...loaded, nextId, idLimit: nextId + block }))
          }),
        storeGuarded: (changes, guard, wantsIds) =>
          Effect.suspend(() => {
            let stored = false
            traffic.guarded += 1
            return inner(guardFootprint(guard, changes), (loaded) => {
              stored = guardHolds(loaded, guard, changes)
              if (!stored) traffic.refused += 1
              return stored ? changes : null
            }).pipe(
              Effect.map(() => {
                const nextId = block * blocks
                if (stored && wantsIds) blocks += 1
                return { stored, ids: stored && wantsIds ? { nextId, idLimit: nextId + block } : null }
              })
            )
          })
      }
      return Context.add(context, Store, Store.of({ ...store, stock }))
    })
  ).pipe(Layer.provide(MemoryStore.layer))

/** All that a store must look at to tell whether a guard holds. */
export const guardFootprint = (guard: Guard, { records, holds }: Changes): Footprint => {
  const keys = [...guard.absentKeys, ...records.map(({ organization, key }) => ({ organization, id: key }))]
  const references = [
    ...guard.absentReferences,
    ...holds.flatMap(({ organization, reference }) => (reference === null ? [] : [{ organization, id: reference }]))
  ]
  return {
    organizations: new Set(guard.versions.map(({ organization }) => organization)),
    items: new Map(
      guard.versions.map(({ organization, item }) => [scopedName(organization, item), { organization, id: item }])
    ),
    locations: new Map(guard.locations.map((location) => [scopedName(location.organization, location.id), location])),
    variations: new Map(),
    batches: new Map(),
    documents: new Map(),
    documentReferences: new Map(),
    serials: new Map(),
    holds: new Map(),
    references: new Map(references.map((each) => [scopedName(each.organization, each.id), each])),
    targets: new Set(),
    anonymous: new Map(),
    movements: new Map(),
    suppliers: new Map(),
    reasons: new Map(),
    stocked: new Map(),
    openHolds: new Set(),
    keys: new Map(keys.map((each) => [scopedName(each.organization, each.id), each]))
  }
}

/** Whether a guard holds, and no constraint forbids the changes. */
export const guardHolds = (loaded: Loaded, guard: Guard, changes: Changes): boolean => {
  const live = (organization: number, reference: string | null, except: number | null) =>
    loaded.holds.some(
      (hold) =>
        hold.organization === organization &&
        hold.reference === reference &&
        hold.id !== except &&
        (holdStatus(hold) === "open" || holdStatus(hold) === "fulfilled")
    )
  return (
    guard.versions.every(({ item, version }) =>
      loaded.items.some((row) => row.item === item && row.version === version)
    ) &&
    guard.locations.every(({ id }) => loaded.locations.some((row) => row.id === id && row.active)) &&
    loaded.records.length === 0 &&
    guard.absentReferences.every(({ organization, id }) => !live(organization, id, null)) &&
    changes.holds.every(({ organization, reference, id }) => reference === null || !live(organization, reference, id))
  )
}
