import type { Place, World } from "./jobs.ts"

type Json = Readonly<Record<string, unknown>>

const password = "correct horse"

/** Founds an organization at the service, of which only the name differs from the last, with all that clients trade in. */
export const found = async (origin: string, name: string, callers: number): Promise<World> => {
  let token = ""
  const send = async (path: string, init: RequestInit): Promise<unknown> => {
    const headers = {
      "content-type": "application/json",
      ...(token === "" ? {} : { authorization: `Bearer ${token}` })
    }
    const response = await fetch(origin + path, { ...init, headers })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    return JSON.parse(text)
  }
  const post = async (path: string, body: object) =>
    objectIn(await send(path, { method: "POST", body: JSON.stringify(body) }))
  const email = `${name}@example.com`
  await post("/api/v1/auth/register", { email, password })
  const login = await post("/api/auth/login", { email, password })
  token = String(login["access_token"])
  const { organization_id: organization } = objectIn(login["user"])
  const { id: supplier } = await post("/suppliers/", { name: "Supplier", phone_number: "1" })
  const { id: customer } = await post("/customers/", { first_name: "Jane", last_name: "Smith" })
  const product = async (sku: string) => {
    const { id } = await post("/api/v1/products/", { name: sku, sku, unit_price: 1 })
    return Number(id)
  }
  const place = async (number: number): Promise<Place> => {
    const id = await product(`OWN-${number}`)
    await post("/incoming/", {
      supplier_id: supplier,
      product_id: id,
      batch_number: "first",
      quantity: opening,
      unit_cost: 1
    })
    const [stock] = listIn(await send(`/stocks/?product_id=${id}`, {}))
    return { product: id, stock: idIn(stock) }
  }
  const warehouses = objectIn(await send("/api/v1/warehouses/", {}))
  const [main, secondary] = listIn(warehouses["items"]).map(idIn)
  if (main === undefined || secondary === undefined) throw new Error("There are no two warehouses")
  const hot = await product("HOT")
  await post(`/inventory/${hot}/adjust`, { quantity: opening, movement_type: "RESTOCK" })
  return {
    origin,
    token,
    organization: Number(organization),
    main,
    secondary,
    callers: await Promise.all(Array.from({ length: callers }, (_, number) => place(number))),
    hot,
    supplier: Number(supplier),
    customer: Number(customer)
  }
}

/** So many units of each product are there before anybody trades. */
export const opening = 1_000_000

const idIn = (value: unknown): number => Number(objectIn(value)["id"])

const listIn = (value: unknown): ReadonlyArray<unknown> => {
  if (!Array.isArray(value)) throw new Error(`Expected a list, not ${String(value)}`)
  return value
}

const objectIn = (value: unknown): Json => {
  if (typeof value !== "object" || value === null) throw new Error(`Expected an object, not ${String(value)}`)
  return { ...value }
}
