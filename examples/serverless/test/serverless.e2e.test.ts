import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openStockbook } from "@stockbook/adapter-sqlite"
import { afterAll, beforeAll, expect, it } from "vitest"
import { handler } from "../src/handler.ts"
import { handler as lambda } from "../src/lambda.ts"
import { close, stockbook } from "../src/stock.ts"

const folder = mkdtempSync(join(tmpdir(), "serverless-"))
const filename = join(folder, "stock.db")

beforeAll(async () => {
  const opened = await openStockbook({ filename })
  const inventory = await opened.createOrganization("Acme")
  const { id: item } = await inventory.items.create({ name: "Lamp" })
  await inventory.receive({ lines: [{ item, quantity: 10 }] })
  await opened.close()
  process.env["DATABASE_URL"] = `sqlite:${filename}`
})
afterAll(async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
})

const send = (method: string, reference: string, body?: unknown): Promise<Response> =>
  handler(
    new Request(`http://host/organizations/1/orders/${reference}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
  )

it("opens the store once for all requests of the instance", async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, order) => send("PUT", `order-${order}`, { item: 1, quantity: 1 }))
  )
  expect(answers.filter(({ status }) => status === 200).length).toBe(10)
  expect(answers.filter(({ status }) => status === 409).length).toBe(20)
  expect(await stockbook()).toBe(await stockbook())
  expect((await (await stockbook()).verify()).differences).toEqual([])
})

it("answers each refusal, and gives back", async () => {
  expect((await send("DELETE", "order-0")).status).toBe(204)
  expect(await (await send("GET", "order-0")).json()).toMatchObject({ status: "released" })
  expect((await send("DELETE", "none")).status).toBe(404)
  expect((await send("PUT", "more", { item: 1, quantity: 0.5 })).status).toBe(422)
  expect((await send("PUT", "more", { item: 9, quantity: 1 })).status).toBe(404)
  expect((await send("PATCH", "more")).status).toBe(405)
  expect((await handler(new Request("http://host/"))).status).toBe(404)
})

it("is the same behind Lambda, and after the instance was closed", async () => {
  await close()
  const event = {
    rawPath: "/organizations/1/orders/lambda-1",
    requestContext: { http: { method: "PUT" } },
    headers: { "content-type": "application/json" },
    body: Buffer.from('{"item": 1, "quantity": 1}').toString("base64"),
    isBase64Encoded: true
  }
  const first = await lambda(event)
  expect(first.statusCode).toBe(200)
  expect(await lambda(event)).toEqual(first)
  expect((await lambda({ ...event, rawPath: "/organizations/1/orders/lambda-2" })).statusCode).toBe(409)
})

it("tries again to open what could not be opened", async () => {
  await close()
  process.env["DATABASE_URL"] = `sqlite:${join(folder, "none", "stock.db")}`
  expect((await send("GET", "order-1")).status).toBe(503)
  process.env["DATABASE_URL"] = `sqlite:${filename}`
  expect((await send("GET", "order-1")).status).toBe(200)
})
