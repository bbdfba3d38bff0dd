import type { Method } from "../world.ts"
import type { Belongings, Kind } from "./belongings.ts"

/** A request that an organization may make of its own things, before it is sent. */
export interface Sound {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly body?: object
}

/** What the ids of an endpoint's path are of, where the name of the parameter does not say. */
const ofPath: ReadonlyArray<readonly [prefix: string, kind: Kind]> = [
  ["/api/inventory-variations/inventory/", "item"],
  ["/api/inventory-variations/", "variation"],
  ["/api/inventory-batches/inventory/", "item"],
  ["/api/inventory-batches/", "batch"],
  ["/api/inventories/", "item"],
  ["/api/inventory/", "item"],
  ["/products/", "item"],
  ["/stocks/", "batch"],
  ["/incoming/", "incoming"],
  ["/outgoing/", "outgoing"]
]

/** What a field of this name is the id of, wherever it stands. */
const byName: Readonly<Record<string, Kind>> = {
  product_id: "item",
  inventory_id: "item",
  variation_id: "variation",
  batch_id: "batch",
  stock_id: "batch",
  category_id: "category",
  brand_id: "brand",
  unit_id: "unit",
  warehouse_id: "location",
  from_warehouse_id: "location",
  to_warehouse_id: "location",
  transfer_id: "transfer",
  customer_id: "customer",
  supplier_id: "supplier",
  order_id: "order",
  user_id: "user"
}

/** Fields that look like ids and are the caller's own words: of what the store does not have. */
const words = new Set(["related_invoice_id", "reference_id"])

/** Names that a request gives to what it makes: two organizations may give the same. */
const given = new Set(["/api/v1/inventory/reserve order_id"])

/** What a field is the id of; `null` for one that is no id. Throws for one that looks like an id and is none known. */
export const kindOf = (path: string, name: string): Kind | null => {
  if (given.has(`${path} ${name}`)) return null
  const known = byName[name] ?? (name === "id" ? ofPath.find(([prefix]) => path.startsWith(prefix))?.[1] : undefined)
  if (known !== undefined) return known
  if (/(^|_)ids?$/i.test(name) && !words.has(name)) throw new Error(`${path}: what is ${name} the id of?`)
  return null
}

const one = (id: number) => ({ params: { id } })
const move = (own: Belongings) => ({
  params: { id: own.sized },
  body: { variation_id: own.variation, quantity: 1 }
})
const moveOfBatch = (own: Belongings) => ({ params: { id: own.item }, body: { batch_id: own.batch, quantity: 1 } })

/**
 * Requests of the endpoints that say more than ids in their path and query, or that want something special there. An
 * endpoint with a body must be here, and all ids that it takes must be in one of its requests.
 */
export const requests: Readonly<Record<string, ReadonlyArray<(own: Belongings) => Sound>>> = {
  // A
  "PUT /inventory/:product_id": [({ item }) => ({ params: { product_id: item }, body: { reorder_point: 4 } })],
  "POST /inventory/:product_id/adjust": [
    ({ item }) => ({ params: { product_id: item }, body: { quantity: 1, movement_type: "RESTOCK" } })
  ],
  "POST /inventory/bulk-update": [
    ({ item }) => ({ query: { atomic: true }, body: [{ product_id: item, reorder_point: 3 }] }),
    ({ item }) => ({ query: { atomic: true }, body: [{ product_id: item, quantity: 1, movement_type: "RETURN" }] })
  ],
  // B
  "POST /api/inventories": [
    ({ unit, category, brand }) => ({
      body: { name: "New", unit_id: unit, category_id: category, brand_id: brand, stock_quantity: 1 }
    })
  ],
  "PUT /api/inventories/:id": [
    ({ item, unit, category, brand }) => ({
      params: { id: item },
      body: { note: "New", unit_id: unit, category_id: category, brand_id: brand }
    })
  ],
  "DELETE /api/inventories/:id": [({ bare }) => one(bare.item)],
  "PUT /api/inventory-variations/:id": [({ variation }) => ({ ...one(variation), body: { note: "New" } })],
  "DELETE /api/inventory-variations/:id": [({ variation }) => ({ ...one(variation), query: { force: true } })],
  "POST /api/inventory-variations": [({ sized }) => ({ body: { inventory_id: sized, variation_value: "New" } })],
  "GET /api/inventory-variations/inventory/:id": [({ sized }) => one(sized)],
  "PUT /api/inventory-batches/:id": [({ batch }) => ({ ...one(batch), body: { expiry_date: "2099-12-31" } })],
  "DELETE /api/inventory-batches/:id": [({ bare }) => one(bare.batch)],
  "POST /api/inventory-batches": [
    ({ sized, variation }) => ({ body: { inventory_id: sized, variation_id: variation, batch_name: "New" } })
  ],
  "POST /api/inventory/:id/stock/add": [move, moveOfBatch],
  "POST /api/inventory/:id/stock/reduce": [move, moveOfBatch],
  "GET /api/inventory/:id/stock/balance": [
    ({ sized, variation }) => ({ ...one(sized), query: { variation_id: variation } }),
    ({ item, batch }) => ({ ...one(item), query: { batch_id: batch } })
  ],
  // C
  "POST /api/v1/inventory": [
    ({ bare }) => ({ body: { product_id: bare.item, available_quantity: 1, reorder_threshold: 1 } })
  ],
  "PUT /api/v1/inventory/:product_id": [
    ({ item }) => ({ params: { product_id: item }, body: { available_quantity: 60, reorder_threshold: 5 } }),
    ({ sku }) => ({ params: { product_id: sku }, body: { reorder_threshold: 6 } })
  ],
  "GET /api/v1/inventory/:product_id": [
    ({ item }) => ({ params: { product_id: item } }),
    ({ sku }) => ({ params: { product_id: sku } })
  ],
  "GET /api/v1/inventory/history/:product_id": [
    ({ item }) => ({ params: { product_id: item } }),
    ({ sku }) => ({ params: { product_id: sku } })
  ],
  "GET /api/v1/inventory/check": [
    ({ item }) => ({ query: { product_id: item, quantity: 1 } }),
    ({ sku }) => ({ query: { product_id: sku, quantity: 1 } })
  ],
  "POST /api/v1/inventory/adjust": [
    ({ item }) => ({ body: { product_id: item, quantity_change: -1, reason: "broken" } }),
    ({ sku }) => ({ body: { product_id: sku, quantity_change: -1, reason: "broken" } })
  ],
  "POST /api/v1/inventory/reserve": [
    ({ item }) => ({ body: { product_id: item, quantity: 1 } }),
    ({ item }) => ({ body: { order_id: `new ${item}`, items: [{ product_id: item, quantity: 1 }] } })
  ],
  "POST /api/v1/inventory/release": [
    ({ item, order }) => ({ body: { product_id: item, quantity: 1, order_id: order } }),
    ({ item, order }) => ({ body: { order_id: order, items: [{ product_id: item, quantity: 1 }] } })
  ],
  "POST /api/v1/inventory/commit": [({ order }) => ({ body: { order_id: order } })],
  "POST /api/v1/inventory/fulfil": [({ order }) => ({ body: { order_id: order } })],
  // D
  "POST /api/v1/products": [({ sku }) => ({ body: { name: "New", sku: `${sku}-new`, unit_price: 1 } })],
  "PUT /api/v1/products/:product_id": [({ item }) => ({ params: { product_id: item }, body: { unit_price: 2 } })],
  "DELETE /api/v1/products/:product_id": [({ bare }) => ({ params: { product_id: bare.item } })],
  "POST /api/v1/warehouses": [({ sku }) => ({ body: { name: `New ${sku}` } })],
  "PUT /api/v1/warehouses/:warehouse_id": [
    ({ location }) => ({ params: { warehouse_id: location }, body: { description: "New" } })
  ],
  "DELETE /api/v1/warehouses/:warehouse_id": [({ bare }) => ({ params: { warehouse_id: bare.location } })],
  "POST /api/v1/stock-movements": [
    ({ item, location }) => ({
      body: { product_id: item, warehouse_id: location, movement_type: "purchase", quantity: 1 }
    })
  ],
  "POST /api/v1/stock-transfers": [
    ({ item, location, bare }) => ({
      body: { product_id: item, from_warehouse_id: location, to_warehouse_id: bare.location, quantity: 1 }
    })
  ],
  "GET /api/v1/stock-transfers": [
    ({ item, location }) => ({ query: { product_id: item, from_warehouse_id: location } }),
    ({ bare }) => ({ query: { to_warehouse_id: bare.location } })
  ],
  // E
  "PUT /categories/:category_id": [
    ({ category }) => ({ params: { category_id: category }, body: { description: "New" } })
  ],
  "DELETE /categories/:category_id": [({ bare }) => ({ params: { category_id: bare.category } })],
  "POST /products/create": [({ category, sku }) => ({ body: { name: `New ${sku}`, price: 1, category_id: category } })],
  "PUT /products/:id": [({ item, category }) => ({ ...one(item), body: { price: 3, category_id: category } })],
  "DELETE /products/:id": [({ bare }) => one(bare.item)],
  "POST /customers": [({ user }) => ({ body: { first_name: "New", last_name: "New", user_id: user } })],
  "PUT /customers/:customer_id": [
    ({ customer, user }) => ({ params: { customer_id: customer }, body: { address: "New", user_id: user } })
  ],
  "POST /suppliers": [({ user }) => ({ body: { name: "New", user_id: user } })],
  "PUT /suppliers/:supplier_id": [
    ({ supplier, user }) => ({ params: { supplier_id: supplier }, body: { address: "New", user_id: user } })
  ],
  "PATCH /stocks/:id": [({ batch }) => ({ ...one(batch), body: { available_quantity: 9 } })],
  "POST /incoming": [
    ({ supplier, item, sku }) => ({
      body: { supplier_id: supplier, product_id: item, batch_number: `N-${sku}`, quantity: 1, unit_cost: 1 }
    })
  ],
  "PATCH /incoming/:id": [({ incoming }) => ({ ...one(incoming), body: { status: "completed" } })],
  "POST /outgoing": [
    ({ customer, item, batch }) => ({
      body: { customer_id: customer, product_id: item, stock_id: batch, quantity: 1 }
    })
  ],
  "PATCH /outgoing/:id": [({ outgoing }) => ({ ...one(outgoing), body: { status: "cancelled" } })]
}

/** The endpoint as the table has it: without a slash at its end. */
export const titleOf = (method: string, path: string): string => `${method} ${path.replace(/(?<=.)\/$/, "")}`

/** Where in a request an id stands. */
export interface Slot {
  readonly place: "params" | "query" | "body"
  readonly at: ReadonlyArray<string>
  readonly kind: Kind
}

/** The ids of a request. */
export const slotsOf = (path: string, sound: Sound): ReadonlyArray<Slot> =>
  (["params", "query", "body"] as const).flatMap((place) => slotsIn(path, place, sound[place], []))

const slotsIn = (
  path: string,
  place: Slot["place"],
  value: unknown,
  at: ReadonlyArray<string>
): ReadonlyArray<Slot> => {
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === "object") return slotsIn(path, place, inner, [...at, name])
    const kind = Array.isArray(value) ? null : kindOf(path, name)
    if (kind === null) return []
    return [{ place, at: [...at, name], kind: kind === "item" && typeof inner === "string" ? "sku" : kind }]
  })
}

/** The request with another id at this place. */
export const withId = (sound: Sound, { place, at }: Slot, id: string | number): Sound => ({
  ...sound,
  [place]: replaced(sound[place], at, id)
})

const replaced = (value: unknown, [name, ...rest]: ReadonlyArray<string>, id: string | number): unknown => {
  if (name === undefined) return id
  if (Array.isArray(value)) return value.map((each, n) => (String(n) === name ? replaced(each, rest, id) : each))
  const object: Readonly<Record<string, unknown>> = Object(value)
  return { ...object, [name]: replaced(object[name], rest, id) }
}

/** Where a request is sent. */
export const urlOf = (path: string, { params = {}, query = {} }: Sound): string => {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""))
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  ).toString()
  return search === "" ? filled : `${filled}?${search}`
}

export const isMethod = (method: string): method is Method =>
  method === "GET" || method === "POST" || method === "PUT" || method === "PATCH" || method === "DELETE"
