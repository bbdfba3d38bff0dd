import type { Api, Body, Call } from "./Api.ts"

/** Makes the next request of a kind, or none where nothing is open that it could go on with. */
type Kind = () => Call | null

const PRODUCTS = 200
/** One in so many requests is for the first product, so that many want the same. */
const HOT = 5
const PLENTY = 100_000_000

const user = { username: "soak", email: "soak@example.com", password: "a long password" }

export const logIn = (api: Api): Promise<void> => api.logIn(user.username, user.password)

/** An organization with products, stock at two locations, batches and a customer, and what its users ask from then on. */
export const makeTraffic = async (api: Api): Promise<() => Call> => {
  await api.ask("POST", "/api/v1/auth/register", user)
  await logIn(api)
  const { items: warehouses = [] } = await api.ask("GET", "/api/v1/warehouses/")
  const [main, second] = warehouses.map(({ id }) => id)
  const customer = await api.ask("POST", "/customers/", { first_name: "Jane", last_name: "Smith" })
  const supplier = await api.ask("POST", "/suppliers/", { name: "Supplier" })
  const products: Array<number | undefined> = []
  for (let n = 0; n < PRODUCTS; n++) {
    const { id } = await api.ask("POST", "/api/v1/products/", { name: `Product ${n}`, sku: `P-${n}`, unit_price: 9.5 })
    const record = { product_id: id, available_quantity: PLENTY, reorder_threshold: 10 }
    await api.ask("POST", "/api/v1/inventory", record)
    products.push(id)
  }
  for (const product_id of products.slice(-20)) {
    const batch = { batch_number: "LOT", quantity: PLENTY, unit_cost: 4, supply_date: "2026-01-01T00:00:00Z" }
    await api.ask("POST", "/incoming/", { supplier_id: supplier.id, product_id, ...batch })
  }
  const stocks = Array.from((await api.ask("GET", "/stocks/?limit=20")) as unknown as ReadonlyArray<Stock>)
  return mixed({ main, second, customer: customer.id, products, stocks })
}

interface Stock {
  readonly id: number
  readonly product_id: number
}

interface World {
  readonly main: number | undefined
  readonly second: number | undefined
  readonly customer: number | undefined
  readonly products: ReadonlyArray<number | undefined>
  readonly stocks: ReadonlyArray<Stock>
}

const any = <A>(from: ReadonlyArray<A>): A => {
  const found = from[Math.floor(Math.random() * from.length)]
  if (found === undefined) throw new Error("There is nothing to choose from")
  return found
}

const mixed = ({ main, second, customer, products, stocks }: World): (() => Call) => {
  const product = () => (Math.random() < 1 / HOT ? products[0] : any(products))
  const quantity = () => 1 + Math.floor(Math.random() * 3)
  const get =
    (path: () => string): Kind =>
    () => ({ method: "GET", path: path() })
  const post =
    (path: () => string, body: () => object, done?: (body: Body) => void): Kind =>
    () => ({ method: "POST", path: path(), body: body(), ...(done === undefined ? {} : { done }) })
  /** Goes on with something that was begun, if there is any. */
  const next =
    <A>(open: Array<A>, call: (one: A) => Call): Kind =>
    () => {
      const one = open.shift()
      return one === undefined ? null : call(one)
    }

  let orders = 0
  const reserved: Array<string> = []
  const committed: Array<string> = []
  const transfers: Array<number | undefined> = []
  const sales: Array<number | undefined> = []
  const C = "/api/v1/inventory"

  const reserve: Kind = () => {
    orders += 1
    const order_id = `SOAK-${orders}`
    const body = { product_id: product(), quantity: quantity(), order_id, expires_in: 3600 }
    return { method: "POST", path: `${C}/reserve`, body, done: () => void reserved.push(order_id) }
  }
  const commit = next(reserved, (order_id) => ({
    method: "POST",
    path: `${C}/commit`,
    body: { order_id },
    done: () => void committed.push(order_id)
  }))
  const sell: Kind = () => {
    const { id: stock_id, product_id } = any(stocks)
    const body = { customer_id: customer, product_id, stock_id, quantity: 1, order_date: "2026-01-02T00:00:00Z" }
    return { method: "POST", path: "/outgoing/", body, done: ({ id }) => void sales.push(id) }
  }
  const move = (movement_type: string) =>
    post(
      () => "/api/v1/stock-movements/",
      () => ({ product_id: product(), warehouse_id: main, movement_type, quantity: quantity() })
    )

  /** Out of a hundred requests, so many are of this kind. */
  const kinds: ReadonlyArray<readonly [share: number, kind: Kind]> = [
    // A
    [2, get(() => `/inventory/?per_page=20&page=${1 + Math.floor(Math.random() * 10)}`)],
    [4, get(() => `/inventory/${product()}`)],
    [2, get(() => `/inventory/${product()}/movements?per_page=10`)],
    [
      6,
      post(
        () => `/inventory/${product()}/adjust`,
        () => ({ quantity: quantity(), movement_type: "RESTOCK" })
      )
    ],
    // B
    [2, get(() => "/api/inventories?per_page=20")],
    [5, get(() => `/api/inventory/${product()}/stock/balance`)],
    [
      7,
      post(
        () => `/api/inventory/${product()}/stock/add`,
        () => ({ quantity: quantity(), note: "Purchase" })
      )
    ],
    [
      7,
      post(
        () => `/api/inventory/${product()}/stock/reduce`,
        () => ({ quantity: quantity(), note: "Sale" })
      )
    ],
    // C
    [6, get(() => `${C}/check?product_id=${product()}&quantity=5`)],
    [5, get(() => `${C}/${product()}`)],
    [11, reserve],
    [5, commit],
    [5, next(committed, (order_id) => ({ method: "POST", path: `${C}/fulfil`, body: { order_id } }))],
    [5, next(reserved, (order_id) => ({ method: "POST", path: `${C}/release`, body: { order_id } }))],
    // D
    [2, get(() => "/api/v1/products/?page_size=20")],
    [4, get(() => `/api/v1/products/${product()}`)],
    [4, move("purchase")],
    [3, move("sale")],
    [
      2,
      post(
        () => "/api/v1/stock-transfers/",
        () => ({ product_id: product(), from_warehouse_id: main, to_warehouse_id: second, quantity: 1 }),
        ({ id }) => void transfers.push(id)
      )
    ],
    [2, next(transfers, (id) => ({ method: "PUT", path: `/api/v1/stock-transfers/${id}/complete` }))],
    // E
    [2, get(() => "/products/?limit=20")],
    [2, get(() => "/stocks/?limit=20")],
    [4, sell],
    [3, next(sales, (id) => ({ method: "PATCH", path: `/outgoing/${id}`, body: { status: "completed" } }))]
  ]
  const sum = kinds.reduce((all, [share]) => all + share, 0)
  const check = get(() => `${C}/check?product_id=${product()}&quantity=5`)

  return () => {
    let at = Math.random() * sum
    for (const [share, kind] of kinds) {
      at -= share
      if (at < 0) return kind() ?? check() ?? reserve() ?? { method: "GET", path: "/health" }
    }
    return { method: "GET", path: "/health" }
  }
}
