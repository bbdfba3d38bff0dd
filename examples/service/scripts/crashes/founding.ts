import type { Place, World } from "./jobs.ts"

type Json = Readonly<Record<string, unknown>>

const password = "correct horse"

/** Founds an organization at the service, of which only the name differs from the last, with all that clients trade in. */
export const found = async (origin: string, name: string, callers: number): Promise<World> => {
  let token = ""
  const post = async (path: string, body: object): Promise<Json> => {
    const response = await fetch(origin + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token === "" ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body)
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    return JSON.parse(text)
  }
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
    const response = await fetch(`${origin}/stocks/?product_id=${id}`, {
      headers: { authorization: `Bearer ${token}` }
    })
    const [stock] = JSON.parse(await response.text())
    return { product: id, stock: Number(objectIn(stock)["id"]) }
  }
  const hot = await product("HOT")
  await post(`/inventory/${hot}/adjust`, { quantity: opening, movement_type: "RESTOCK" })
  return {
    origin,
    token,
    organization: Number(organization),
    callers: await Promise.all(Array.from({ length: callers }, (_, number) => place(number))),
    hot,
    supplier: Number(supplier),
    customer: Number(customer)
  }
}

/** So many units of each product are there before anybody trades. */
export const opening = 1_000_000

const objectIn = (value: unknown): Json => {
  if (typeof value !== "object" || value === null) throw new Error(`Expected an object, not ${String(value)}`)
  return { ...value }
}
