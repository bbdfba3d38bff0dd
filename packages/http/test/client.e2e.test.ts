import { createServer } from "node:http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  ApiError,
  type Client,
  ConnectionError,
  createClient,
  isClientError,
  RequestError
} from "../src/client/index.ts"
import { type Running, start } from "./server.ts"

let server: Running
let client: Client
beforeAll(async () => {
  server = await start({ prefix: "/deep/stock" })
  const nobody = createClient({ baseUrl: `${server.url}/` })
  const user = { username: "ann", email: "ann@x.org", password: "correct horse" }
  expect(await nobody.inventoryFlow.auth.register({ payload: user })).toMatchObject({ username: "ann", role: "admin" })
  const { access_token } = await nobody.inventoryFlow.auth.login({ payload: user })
  client = createClient({ baseUrl: server.url, token: async () => access_token })
})
afterAll(() => server.close())

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("it did not reject"),
    (error) => error
  )

describe("the client", () => {
  it("walks an order from product to parcel", async () => {
    const { products } = client.warehouseManagement
    const { data: lamp, location } = await products.create.answer({
      payload: { name: "Lamp", sku: "LAMP", unit_price: "9.50" }
    })
    expect(location).toBe(`/deep/stock/api/v1/products/${lamp.id}`)
    const { inventoryService } = client
    await inventoryService.create({ payload: { product_id: "LAMP", available_quantity: 10, reorder_threshold: 2 } })
    const reserved = await inventoryService.reserve({ payload: { product_id: lamp.id, quantity: 3, order_id: "O-1" } })
    const units: number | undefined = reserved.available_quantity
    expect(units).toBe(7)
    await inventoryService.commit({ payload: { order_id: "O-1" } })
    await inventoryService.fulfil({ payload: { order_id: "O-1" } })
    expect(await inventoryService.list({ query: { low_stock_only: false, limit: 5 } })).toHaveLength(1)
    expect(await inventoryService.get({ params: { product_id: "LAMP" } })).toMatchObject({ available_quantity: 7 })
    expect(await products.list()).toMatchObject({ total: 1, items: [{ unit_price: "9.50" }] })
    expect(await products.delete({ params: { product_id: lamp.id } })).toBeUndefined()
    expect(await client.system.health()).toEqual({ status: "healthy" })
  })

  it("sends a request again without doing it twice", async () => {
    const payload = { name: "Chair", sku: "CHAIR", unit_price: 1 }
    const first = await client.warehouseManagement.products.create.answer({ payload, idempotencyKey: "c-1" })
    const again = await client.warehouseManagement.products.create.answer({ payload, idempotencyKey: "c-1" })
    expect(again).toEqual({ ...first, replayed: true })
  })

  it("changes only what it has seen", async () => {
    const { products } = client.warehouseManagement
    const { id } = await products.create({ payload: { name: "Desk", sku: "DESK", unit_price: 1 } })
    const params = { product_id: id }
    const { etag } = await products.get.answer({ params })
    const change = (name: string) => products.update({ params, payload: { name }, ifMatch: etag ?? "" })
    expect(await change("Standing desk")).toMatchObject({ name: "Standing desk" })
    expect(await caught(change("Sitting desk"))).toMatchObject({ _tag: "ApiError", status: 412 })
  })

  it("says what was refused", async () => {
    const error = await caught(client.inventoryService.get({ params: { product_id: "none" } }))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toBeInstanceOf(Error)
    expect(isClientError(error)).toBe(true)
    expect(error).toMatchObject({
      _tag: "ApiError",
      status: 404,
      message: "Inventory for product none not found",
      fields: [],
      requestId: expect.any(String)
    })
    const nobody = createClient({ baseUrl: server.url })
    expect(await caught(nobody.warehouseManagement.auth.me())).toMatchObject({
      status: 401,
      message: "Not authenticated"
    })
    // What only the service knows to be wrong: a name it takes, in a form it does not.
    const payload = { username: "no spaces", email: "b@x.org", password: "correct horse" }
    const refused = await caught(
      createClient({ baseUrl: server.url, fetch: unchecked }).inventoryFlow.auth.register({
        payload: { ...payload, username: "bob" }
      })
    )
    expect(refused).toMatchObject({ status: 422, fields: [{ loc: ["body", "username"] }, { loc: ["body", "email"] }] })
  })

  /** Sends what the client would not. */
  const unchecked: typeof fetch = (input, init) => fetch(input, { ...init, body: '{"password":"correct horse"}' })

  it("does not send what does not fit", async () => {
    const error = await caught(client.inventoryService.reserve({ payload: { product_id: 1, quantity: -1 } }))
    expect(error).toBeInstanceOf(RequestError)
    const unnamed = createClient({ baseUrl: server.url, token: () => Promise.reject(new Error("signed out")) })
    expect(await caught(unnamed.inventoryService.list())).toMatchObject({ _tag: "RequestError", message: "signed out" })
  })

  it("tells what has no answer, or none of this service", async () => {
    const gone = createClient({ baseUrl: "http://127.0.0.1:9" })
    expect(await caught(gone.system.health())).toBeInstanceOf(ConnectionError)
    const other = createServer((_, response) => void response.end("<html>")).listen(0)
    const { port } = other.address() as { port: number }
    const client = createClient({ baseUrl: `http://127.0.0.1:${port}` })
    expect(await caught(client.system.health())).toBeInstanceOf(ConnectionError)
    other.close()
  })

  it("is ended by its signal", async () => {
    const reason = new Error("enough")
    const signal = AbortSignal.abort(reason)
    expect(await caught(client.inventoryService.list({ signal }))).toBe(reason)
  })
})
