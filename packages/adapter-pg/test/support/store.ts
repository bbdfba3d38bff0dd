import type { Store } from "@stockbook/core"
import { Catalog, type IdentityDriver, type ItemId, type OrganizationId, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { PgStore } from "../../src/index.ts"

/** Runs a program as a process of its own would: it connects, and lets go of its connections at the end. */
export const inStore = <A, E>(
  url: string,
  program: Effect.Effect<A, E, Stockbook.Stockbook | Store | IdentityDriver>
) => Effect.provide(program, Stockbook.layer().pipe(Layer.provideMerge(PgStore.layer({ url }))), { local: true })

/** An organization with some items. */
export interface Place {
  readonly organization: OrganizationId
  readonly items: ReadonlyArray<ItemId>
}

/** A new organization with so many items, and so many units of each. */
export const stocked = Effect.fnUntraced(function* (items: number, quantity: number) {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { id: organization } = yield* catalog.createOrganization("Acme")
  const place: { organization: OrganizationId; items: Array<ItemId> } = { organization, items: [] }
  for (let n = 0; n < items; n++) {
    const { id: item } = yield* catalog.createItem(organization, { name: `Item ${n}`, lowStockThreshold: null })
    place.items.push(item)
    if (quantity > 0) yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity }] })
  }
  const made: Place = place
  return made
})
