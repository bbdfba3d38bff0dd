import type { Inventory } from "../../../src/index.ts"

const context = { reason: "audit", note: "n", actor: 7, effectiveAt: 1 }
const referenced = { ...context, reference: "r-1" }
const place = { item: 1, variation: 1, batch: 1, location: 1 }
const line = { ...place, quantity: 1, serials: ["s-1"] }
const unplaced = { item: 1, variation: 1, batch: 1, quantity: 1, serials: ["s-1"] }
const costed = { ...line, unitCost: "1.50" }
const target = { id: 1 }
const notice = { kind: "order_placed", to: "ada@example.com", data: { order: "r-1" } }
const settle = { ...context, hold: { reference: "r-1" }, lines: [line] }
const step = { ...referenced }

const write = { idempotencyKey: "key-1" }
const update = { ...write, ifUpdatedAt: 1 }
const command = { ...write, unchanged: { item: 1, version: 1 } }

const page = { after: 1, limit: 10, offset: 1, order: "oldest" }
const movements = {
  ...page,
  item: 1,
  location: 1,
  reason: "audit",
  reference: "r-1",
  hold: 1,
  from: 1,
  until: 2,
  effectiveFrom: 1,
  effectiveUntil: 2,
  search: "r",
  passage: "sold"
}
const documents = {
  ...page,
  kind: "transfer",
  status: ["pending"],
  item: 1,
  from: 1,
  to: 1,
  partner: 1,
  createdFrom: 1,
  createdUntil: 2,
  search: "r"
}
const slice = { limit: 10, offset: 0, active: true, search: "a" }
const period = { from: 1, until: 2 }
const items = { after: 1, limit: 10 }

const variation = {
  name: "Red",
  kind: "colour",
  description: "d",
  note: "n",
  sku: "R",
  barcode: "1",
  price: "1.00",
  cost: "1.00",
  batchTracking: true
}
const batch = {
  name: "L-1",
  supplierLot: "S",
  cost: "1.00",
  note: "n",
  expiresAt: 1,
  manufacturedAt: 1,
  quarantined: false
}
const item = {
  name: "Lamp",
  sku: "L",
  barcode: "2",
  description: "d",
  note: "n",
  kind: "product",
  unitPrice: "1.00",
  unitCost: "1.00",
  category: "c",
  brand: "b",
  unit: "u",
  hasVariations: true,
  hasBatches: true
}
const partner = {
  user: 1,
  name: "Bo",
  firstName: "B",
  lastName: "O",
  phone: "1",
  email: "bo@example.com",
  address: "a"
}
const location = { name: "Shop", place: "p", description: "d", kind: "shop", parent: 1, sellable: true, active: true }
const rule = { lowStockThreshold: 1, reorderPoint: 1, reorderQuantity: 1, safetyStock: 1, maximum: 1, leadTimeDays: 1 }

/** What each command may be given, every field of it. */
const commands = {
  receive: { ...referenced, from: "supplier", lines: [costed] },
  issue: { ...referenced, to: "customer", lines: [costed] },
  adjust: { ...referenced, lines: [{ ...place, delta: 1, unitCost: "1.50", serials: ["s-1"] }] },
  set: { ...referenced, ...place, quantity: 1, expected: 1 },
  reserve: { ...referenced, lines: [line], mode: "all", backorder: true, priority: 1, expiresIn: 1000 },
  extend: { ...context, hold: target, expiresIn: 1000 },
  release: settle,
  releaseAnonymous: { ...context, ...place, quantity: 1 },
  commit: settle,
  fulfil: settle,
  expire: { ...context, holds: [1] },
  expireBatches: { ...context, items: [1] },
  setPolicy: { ...context, item: 1, ...rule, hysteresis: 1, basis: "available", pickOrder: "fifo", pickLocations: [1] },
  snoozeAlert: { ...context, item: 1, variation: 1, location: 1, until: 1 },
  setHome: { ...context, item: 1, location: 1 },
  open: { ...context, item: 1 },
  setCosting: { ...context, item: 1, method: "fifo", locations: [{ location: 1, method: "fifo" }], unitCost: "1.00" },
  trackSerials: { ...context, item: 1, tracked: true },
  quarantine: { ...referenced, reason: "damage", lines: [line] },
  restore: { ...referenced, lines: [line] },
  writeOff: { ...referenced, reason: "damage", from: "available", lines: [line] },
  writeOffAll: { ...referenced, ...place, reason: "damage" },
  return: { ...referenced, disposition: "restock", lines: [line] },
  reverse: { ...referenced, movement: 1 },
  notify: { ...notice, reference: "r-1" },
  requestTransfer: { ...referenced, from: 1, to: 2, lines: [unplaced], label: "l", dueAt: 1 },
  dispatchTransfer: { ...step, transfer: target, lines: [unplaced] },
  receiveTransfer: {
    ...step,
    transfer: target,
    lines: [unplaced],
    lost: [unplaced],
    found: [{ ...unplaced, unitCost: "1.00" }]
  },
  completeTransfer: { ...step, transfer: target },
  cancelTransfer: { ...step, transfer: target, pendingOnly: true },
  placeOrder: {
    ...referenced,
    side: "outgoing",
    partner: 1,
    item: 1,
    batch: 1,
    location: 1,
    quantity: 1,
    unitAmount: "1.00",
    date: 1,
    label: "l",
    notices: [notice]
  },
  completeOrder: { ...context, order: target, notices: [notice] },
  cancelOrder: { ...context, order: { side: "outgoing", reference: "r-1" }, notices: [notice] },
  reallocate: { ...context, hold: target, lines: [{ ...place, quantity: 1, to: { batch: 1, location: 1 } }] },
  cancelBackorder: { ...context, backorder: target, quantity: 1 },
  prioritizeBackorder: { ...context, backorder: target, priority: 1 },
  startCount: { ...referenced, location: 1, items: [{ item: 1, variation: 1, batch: 1 }], blind: true },
  recordCount: { ...step, count: target, lines: [{ ...place, counted: 1 }] },
  postCount: { ...step, count: target, acceptStale: true },
  cancelCount: { ...step, count: target },
  expectSupply: {
    ...referenced,
    supplier: 1,
    label: "l",
    tolerance: { percent: 1 },
    lines: [{ ...place, quantity: 1, unitCost: "1.00", expectedAt: 1 }]
  },
  receiveSupply: { ...context, supply: target, reference: "r-2", lines: [{ ...costed, line: 0 }] },
  closeSupply: { ...context, supply: target },
  cancelSupply: { ...context, supply: target }
}

const rows = (name: string, filter: object): Record<string, ReadonlyArray<unknown>> => ({
  [`${name}.get`]: [1, {}],
  [`${name}.list`]: [filter, {}]
})
const changes = (name: string, patch: object, options: object): Record<string, ReadonlyArray<unknown>> => ({
  [`${name}.update`]: [1, patch, options],
  [`${name}.remove`]: [1, update],
  [`${name}.restore`]: [1, update]
})
const terms = (name: string, term: object): Record<string, ReadonlyArray<unknown>> => ({
  ...rows(name, slice),
  ...changes(name, { name: "N" }, update),
  [`${name}.create`]: [term, write]
})

/** Every call of an inventory by its path, with arguments that have every field there is. */
export const calls: Readonly<Record<string, ReadonlyArray<unknown>>> = {
  ...Object.fromEntries(Object.entries(commands).map(([name, input]) => [name, [input, command]])),
  linked: [[{ command: "receive", ...commands.receive }], command],
  bulk: [[[{ command: "issue", ...commands.issue }]], command],
  organization: [{}],
  figures: [{}],
  stock: [1, {}],
  balanceAsOf: [1, 1, {}],
  hold: [target, {}],
  holds: [{ ...page, item: 1, status: "open" }, {}],
  expiringHolds: [{ within: 1000, limit: 10 }, {}],
  movements: [movements, {}],
  countMovements: [movements, {}],
  document: [{ kind: "count", reference: "r-1" }, {}],
  documents: [documents, {}],
  countDocuments: [documents, {}],
  orderTotals: [{}],
  serial: [1, "s-1", {}],
  verify: [{}],
  rebuild: [{}],
  "costs.item": [1, 1, {}],
  "costs.total": [1, {}],
  "costs.ofGoodsSold": [1, period, {}],
  "history.totalsAsOf": [1, items, {}],
  "history.leavesAsOf": [1, { ...items, location: 1 }, {}],
  "history.statement": [1, period, items, {}],
  "history.statistics": [1, period, {}],
  "history.flows": [movements, {}],
  "history.variance": [target, {}],
  "planning.check": [[line], {}],
  "planning.ofKit": [1, 1, {}],
  "planning.expand": [[line], {}],
  "planning.arrivals": [{ item: 1, location: 1 }, {}],
  "planning.availableToPromise": [place, 1, {}],
  "planning.reorders": [30, {}],
  ...rows("items", {
    ...slice,
    searchIn: ["name"],
    name: "Lamp",
    kind: "product",
    categoryId: 1,
    brandId: 1,
    unitId: 1,
    hasVariations: true,
    hasBatches: true,
    opened: true,
    lowStock: true,
    onHandFrom: 1,
    onHandTo: 1,
    location: 1,
    keptAt: 1,
    createdFrom: 1,
    createdUntil: 1,
    ids: [1],
    after: 1,
    sort: "id_asc"
  }),
  ...changes("items", item, { ...update, uniqueName: true }),
  "items.create": [
    { ...item, variations: [variation] },
    { ...write, uniqueName: true }
  ],
  "items.createMany": [[item], { ...write, uniqueName: true }],
  "items.bySku": ["L", {}],
  "items.byBarcode": ["2", {}],
  ...rows("variations", { ...slice, items: [1] }),
  ...changes("variations", variation, update),
  "variations.create": [1, variation, write],
  ...rows("batches", { ...slice, items: [1], variation: 1, name: "L-1", expiresBefore: 1 }),
  ...changes("batches", batch, update),
  "batches.create": [1, { ...batch, variation: 1, createdBy: 1 }, write],
  "kits.components": [1, {}],
  "kits.setComponents": [1, [{ item: 1, variation: 1, quantity: 1 }], update],
  ...terms("categories", { name: "N", description: "d" }),
  ...terms("brands", { name: "N", description: "d" }),
  ...terms("units", { name: "N", symbol: "n", scale: 0 }),
  ...rows("partners", { ...slice, kind: "customer" }),
  ...changes("partners", partner, update),
  "partners.create": [{ kind: "customer", ...partner }, write],
  "partners.ofUser": ["customer", 1, {}],
  ...rows("locations", { ...slice, ids: [1], kind: "shop" }),
  "locations.create": [location, write],
  "locations.update": [1, location, update],
  "reasons.list": [{}],
  "reasons.put": [{ code: "flood", name: "Flood" }, {}],
  "reasons.remove": ["flood", {}]
}

/** Every path of an inventory that is a function. */
export const pathsOf = (inventory: Inventory): ReadonlyArray<string> =>
  Object.entries(inventory).flatMap(([name, member]: [string, unknown]) => {
    if (typeof member === "function") return [name]
    return typeof member === "object" && member !== null ? Object.keys(member).map((inner) => `${name}.${inner}`) : []
  })
