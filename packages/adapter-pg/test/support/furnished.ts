import {
  Catalog,
  IdentityDriver,
  type ItemId,
  type LocationId,
  type OrganizationId,
  Reasons,
  StockEngine,
  Store
} from "@stockbook/core"
import { Effect } from "effect"

/** An organization that has rows in every table that takes an organization. */
export interface Furnished {
  readonly organization: OrganizationId
  readonly item: ItemId
  readonly location: LocationId
}

/** Founds an organization and gives it rows in every table. */
export const furnished = Effect.fnUntraced(function* (name: string) {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { deliveries } = yield* Store
  const { id: organization, defaultLocation: location } = yield* catalog.createOrganization(name)
  const { id: to } = yield* catalog.createLocation(organization, { name: "Shop" })
  yield* catalog.createPartner(organization, { kind: "supplier", name: "Works" })
  const { id: item } = yield* catalog.createItem(
    organization,
    { name: "Lamp", sku: "lamp", category: "Lights", brand: "Lumen", unit: "Piece", lowStockThreshold: 5 },
    { idempotencyKey: "lamp" }
  )
  const { id: kit } = yield* catalog.createItem(organization, { name: "Set", lowStockThreshold: null })
  yield* catalog.setComponents(organization, kit, [{ item, variation: null, quantity: 2 }])
  const { id: shade } = yield* catalog.createItem(organization, { name: "Shade", lowStockThreshold: null })
  yield* catalog.createVariation(organization, shade, { name: "Large" })
  yield* catalog.createBatch(organization, shade, { name: "Lot" })
  yield* Reasons.use((reasons) => reasons.put(organization, { code: "fair", name: "Fair" }))
  yield* engine.execute({ _tag: "TrackSerials", organization, item, tracked: true })
  yield* engine.execute({
    _tag: "Receive",
    organization,
    lines: [{ item, quantity: 3, serials: ["A", "B", "C"] }]
  })
  yield* engine.execute({ _tag: "Reserve", organization, lines: [{ item, quantity: 1, serials: ["A"] }] })
  yield* engine.execute({
    _tag: "RequestTransfer",
    organization,
    from: location,
    to,
    lines: [{ item, quantity: 1, serials: ["B"] }]
  })
  const notice = { kind: "low_stock", to: null, reference: null, data: {}, at: 1 } as const
  yield* deliveries.add([{ organization, event: 1, channel: "email", purpose: "low_stock", notice }])
  yield* IdentityDriver.use((identity) =>
    identity.insertUser({
      user: {
        email: `${name}@example.org`,
        emailKey: `${name}@example.org`,
        username: name,
        usernameKey: name,
        fullName: null,
        firstName: null,
        lastName: null,
        role: "staff",
        createdAt: 1
      },
      passwordHash: "none",
      placement: { _tag: "Join", organization }
    })
  )
  const made: Furnished = { organization, item, location }
  return made
})
