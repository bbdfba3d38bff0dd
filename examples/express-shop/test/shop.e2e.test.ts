import { type ChildProcess, spawn } from "node:child_process"
import { createHmac, randomUUID } from "node:crypto"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, expect, it } from "vitest"

const main = join(dirname(import.meta.dirname), "src", "main.ts")
const secret = "shared with the payment provider only"
const folder = mkdtempSync(join(tmpdir(), "express-shop-"))
let shop: ChildProcess
let url = ""

const start = async (cartTime: number): Promise<void> => {
  shop = spawn(process.execPath, ["--conditions=@stockbook/source", main], {
    env: { ...process.env, PORT: "0", SHOP_FOLDER: folder, WEBHOOK_SECRET: secret, CART_TIME: String(cartTime) },
    stdio: ["ignore", "pipe", "inherit"]
  })
  for await (const chunk of shop.stdout ?? []) {
    url = /http:\S+/.exec(String(chunk))?.[0] ?? ""
    if (url !== "") return
  }
  throw new Error("The shop did not start")
}

const stop = async (): Promise<void> => {
  shop.kill("SIGTERM")
  if (shop.exitCode === null) await once(shop, "exit")
}

interface Answer {
  readonly status: number
  readonly body: { readonly code?: string; readonly status?: string; readonly available_quantity?: number }
}

const call = async (method: string, path: string, user: string, body?: unknown): Promise<Answer> => {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${user}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

const checkOut = (id: string, quantity: number, sku = "LAMP-1", user = "ada") =>
  call("PUT", `/orders/${id}`, user, { lines: [{ sku, quantity }] })

/** What the payment provider does: the same event until it is answered 2xx, and once more for good measure. */
const tell = async (type: string, order: string, signedWith = secret): Promise<ReadonlyArray<number>> => {
  const body = JSON.stringify({ id: randomUUID(), type, order })
  const send = async () => {
    const seconds = Math.floor(Date.now() / 1000)
    const mac = createHmac("sha256", signedWith).update(`${seconds}.${body}`).digest("hex")
    const headers = { "content-type": "application/json", "payment-signature": `t=${seconds},v1=${mac}` }
    return (await fetch(`${url}/webhooks/payments`, { method: "POST", headers, body })).status
  }
  return [...(await Promise.all([send(), send()])), await send()]
}

const available = async (product: string): Promise<number> =>
  (await call("GET", `/stock/api/v1/inventory/${product}`, "ada")).body.available_quantity ?? Number.NaN

const statusOf = async (id: string) => (await call("GET", `/orders/${id}`, "ada")).body.status

beforeAll(() => start(60_000))
afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

it("sells: reserved, paid by a webhook that comes three times, shipped once", async () => {
  expect((await checkOut("A-1", 2)).status).toBe(201)
  expect((await checkOut("A-1", 2)).status).toBe(201)
  expect(await available("LAMP-1")).toBe(8)
  expect((await call("POST", "/orders/A-1/ship", "sue")).body.code).toBe("NotPaid")

  expect(await tell("payment.succeeded", "A-1")).toEqual([204, 204, 204])
  expect(await statusOf("A-1")).toBe("paid")
  expect(await tell("payment.cancelled", "A-1")).toEqual([204, 204, 204])
  expect(await statusOf("A-1")).toBe("paid")

  expect((await call("POST", "/orders/A-1/ship", "ada")).status).toBe(403)
  expect((await call("POST", "/orders/A-1/ship", "sue")).body.status).toBe("shipped")
  expect((await call("POST", "/orders/A-1/ship", "sue")).status).toBe(409)
  expect(await available("LAMP-1")).toBe(8)
})

it.each(["payment.failed", "payment.cancelled"])("gives the units back when told %s", async (type) => {
  const before = await available("LAMP-1")
  const id = randomUUID()
  await checkOut(id, 3)
  expect(await available("LAMP-1")).toBe(before - 3)
  expect(await tell(type, id)).toEqual([204, 204, 204])
  expect(await statusOf(id)).toBe("cancelled")
  expect(await available("LAMP-1")).toBe(before)
})

it("believes nobody but the provider, and shows an order to nobody but its user", async () => {
  await checkOut("A-3", 1)
  expect(await tell("payment.succeeded", "A-3", "guessed, and long enough")).toEqual([401, 401, 401])
  expect(await statusOf("A-3")).toBe("awaiting payment")
  expect((await call("GET", "/orders/A-3", "ben")).status).toBe(404)
  expect((await checkOut("A-3", 1, "LAMP-1", "ben")).status).toBe(404)
  expect((await call("GET", "/orders/A-3", "nobody")).status).toBe(401)
  expect((await call("GET", "/stock/api/v1/inventory/LAMP-1", "nobody")).status).toBe(401)
  expect((await call("POST", "/stock/api/v1/inventory/reserve", "ada", {})).status).toBe(403)
})

it("refuses what is not there, all lines or none, and what is no order", async () => {
  const lines = [
    { sku: "LAMP-1", quantity: 1 },
    { sku: "SHADE-1", quantity: 4 }
  ]
  const before = await available("LAMP-1")
  const refused = await call("PUT", "/orders/A-4", "ada", { lines })
  expect(refused).toEqual({ status: 409, body: { code: "SoldOut", available: 3, requested: 4 } })
  expect(await available("LAMP-1")).toBe(before)
  expect((await call("GET", "/orders/A-4", "ada")).status).toBe(404)
  expect((await checkOut("A-5", 0)).status).toBe(422)
  expect((await checkOut("A-5", 1, "NONE")).status).toBe(422)
  expect((await checkOut("A-1", 9)).body.code).toBe("OtherOrder")
})

it("sells twenty carts of one unit to as many as there are units, and lets the unpaid go", async () => {
  await stop()
  await start(3_000)
  const before = await available("SHADE-1")
  const ids = Array.from({ length: 20 }, (_, cart) => `cart-${cart}`)
  const answers = await Promise.all(ids.map((id) => checkOut(id, 1, "SHADE-1")))
  const won = ids.filter((_, index) => answers[index]?.status === 201)
  expect(won.length).toBe(before)
  const [late = "", later = ""] = won

  for (const id of won) {
    for (let waited = 0; (await statusOf(id)) !== "expired" && waited < 20_000; waited += 100) await delay(100)
    expect(await statusOf(id)).toBe("expired")
  }
  expect(await available("SHADE-1")).toBe(before)

  // Paid after its time: what is still there is kept for it, and what is not is paid back.
  await checkOut("all but one", before - 1, "SHADE-1")
  expect(await tell("payment.succeeded", "all but one")).toEqual([204, 204, 204])
  expect(await tell("payment.succeeded", late)).toEqual([204, 204, 204])
  expect(await statusOf(late)).toBe("paid")
  expect(await tell("payment.succeeded", later)).toEqual([204, 204, 204])
  expect(await statusOf(later)).toBe("refund due")
  expect((await call("POST", `/orders/${late}/ship`, "sue")).body.status).toBe("shipped")
  expect(await available("SHADE-1")).toBe(0)
})
