/** What the clients of one organization trade in. */
export interface World {
  /** Where the service is. */
  readonly origin: string
  readonly token: string
  /** The organization's id. */
  readonly organization: number
  /** Each caller has a product of its own, so that what is left of it is known to the unit. */
  readonly callers: ReadonlyArray<Place>
  /** Two warehouses. */
  readonly main: number
  readonly secondary: number
  /** The product that all callers reserve. */
  readonly hot: number
  readonly supplier: number
  readonly customer: number
}

export interface Place {
  readonly product: number
  /** The stock entry, of InventoryFlow, that its orders take from. */
  readonly stock: number
}

/** Units of the caller's own product that a command adds to each state. */
export interface Change {
  readonly available: number
  readonly reserved: number
  readonly committed: number
}

export interface Request {
  readonly method: "POST" | "PUT"
  readonly path: string
  readonly body: object
}

/** What a caller knows of its own commands: the name and the answer of the one so many steps ago. */
export interface Past {
  readonly name: (ago: number) => string
  readonly id: (ago: number) => number
}

/** Movements that a command makes, and how many units they move in all. */
export interface Mark {
  /** What they say as reference or note; for an order, which has a number of its own, `null` until it is answered. */
  readonly said: (name: string, past: Past, id: number | null) => string | null
  readonly cause: string
  readonly quantity: number
}

/** One kind of command, which a caller sends under a name of its own. */
export interface Kind {
  readonly api: string
  readonly request: (world: World, place: Place, name: string, past: Past) => Request
  readonly change: Change
  /** Which movements are this command's and no other's; `null` where nothing they say tells. */
  readonly mark: Mark | null
}

const itsName = (name: string) => name
const itsOrder = (_: string, __: Past, id: number | null) => (id === null ? null : `order:${id}`)
const mark = (cause: string, quantity: number, said: Mark["said"] = itsName): Mark => ({ said, cause, quantity })
const post = (path: string, body: object): Request => ({ method: "POST", path, body })
const change = (available: number, reserved = 0, committed = 0): Change => ({ available, reserved, committed })

/** What a caller does over and over, one step after the other. */
const kinds: ReadonlyArray<Kind> = [
  {
    api: "warehouse-management",
    request: ({ main }, { product }, name) =>
      post("/api/v1/stock-movements/", {
        product_id: product,
        warehouse_id: main,
        movement_type: "purchase",
        quantity: 10,
        unit_cost: 2,
        reference_number: name
      }),
    change: change(10),
    mark: mark("Receive", 10)
  },
  {
    api: "inventory-service",
    request: (_, { product }, name) =>
      post("/api/v1/inventory/reserve", { product_id: product, quantity: 3, order_id: name }),
    change: change(-3, 3),
    mark: mark("Reserve", 3)
  },
  {
    api: "inventory-service",
    request: ({ hot }, _, name) => post("/api/v1/inventory/reserve", { product_id: hot, quantity: 1, order_id: name }),
    change: change(0),
    mark: mark("Reserve", 1)
  },
  {
    api: "inventory-service",
    request: (_, { product }, __, past) =>
      post("/api/v1/inventory/release", { product_id: product, quantity: 1, order_id: past.name(2) }),
    change: change(1, -1),
    mark: mark("Release", 1, (_, past) => past.name(2))
  },
  {
    api: "three-level-inventory",
    request: (_, { product }, name) => post(`/api/inventory/${product}/stock/add`, { quantity: 4, note: name }),
    change: change(4),
    mark: mark("Receive", 4)
  },
  {
    api: "three-level-inventory",
    request: (_, { product }, name) => post(`/api/inventory/${product}/stock/reduce`, { quantity: 2, note: name }),
    change: change(-2),
    mark: mark("Issue", 2)
  },
  {
    api: "warehouse-management",
    request: ({ main, secondary }, { product }, name) =>
      post("/api/v1/stock-transfers/", {
        product_id: product,
        from_warehouse_id: main,
        to_warehouse_id: secondary,
        quantity: 2,
        notes: name
      }),
    change: change(-2, 0, 2),
    mark: mark("RequestTransfer", 2)
  },
  {
    api: "warehouse-management",
    request: (_, __, ___, past) => ({
      method: "PUT",
      path: `/api/v1/stock-transfers/${past.id(1)}/complete`,
      body: {}
    }),
    change: change(2, 0, -2),
    mark: null
  },
  {
    api: "inventoryflow",
    request: ({ supplier }, { product }, name) =>
      post("/incoming/", {
        supplier_id: supplier,
        product_id: product,
        batch_number: name,
        quantity: 5,
        unit_cost: 3
      }),
    change: change(5),
    mark: mark("PlaceOrder", 5, itsOrder)
  },
  {
    api: "inventoryflow",
    request: ({ customer }, { product, stock }) =>
      post("/outgoing/", { customer_id: customer, product_id: product, stock_id: stock, quantity: 2 }),
    change: change(-2),
    mark: mark("PlaceOrder", 2, itsOrder)
  },
  {
    api: "inventory-admin",
    request: (_, { product }, name) =>
      post(`/inventory/${product}/adjust`, { quantity: 1, movement_type: "RESTOCK", notes: name }),
    change: change(1),
    mark: mark("Receive", 1)
  },
  {
    api: "inventory-service",
    request: (_, __, ___, past) => post("/api/v1/inventory/fulfil", { order_id: past.name(10) }),
    change: change(0, -2),
    mark: mark("Fulfil", 2, (_, past) => past.name(10))
  }
]

/** A command's name: whose it is, and which. */
export const nameOf = (caller: number, step: number): string => `${caller}.${step}`

export const kindAt = (step: number): Kind => {
  const kind = kinds[step % kinds.length]
  if (kind === undefined) throw new Error(`No such step: ${step}`)
  return kind
}
