// What the handlers answer on any database, whose address is given and that is empty.
import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { handler } from "../src/handler.ts"
import { handler as lambda } from "../src/lambda.ts"
import { close, stockbook } from "../src/stock.ts"

/** A database, and one that cannot be opened. */
export interface Databases {
  readonly url: string
  readonly broken: string
  readonly remove: () => Promise<void>
}

export const answersOf = (open: () => Promise<Databases>): void => {
  let databases: Databases
  let organization = 0
  let item = 0
  let scarce = 0
  beforeAll(async () => {
    databases = await open()
    process.env["DATABASE_URL"] = databases.url
    const inventory = await (await stockbook()).createOrganization("Acme")
    organization = inventory.id
    item = (await inventory.items.create({ name: "Lamp" })).id
    scarce = (await inventory.items.create({ name: "Bulb" })).id
    await inventory.receive({
      lines: [
        { item, quantity: 10 },
        { item: scarce, quantity: 7 }
      ]
    })
    await close()
  })
  afterAll(async () => {
    await close()
    await databases.remove()
  })

  const send = (method: string, reference: string, body?: unknown, instance = { handler }): Promise<Response> =>
    instance.handler(
      new Request(`http://host/organizations/${organization}/orders/${reference}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
    )

  it("opens the store once for all requests of the instance", async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, order) => send("PUT", `order-${order}`, { item, quantity: 1 }))
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
    expect((await send("PUT", "more", { item, quantity: 0.5 })).status).toBe(422)
    expect((await send("PUT", "more", { item: 999_999, quantity: 1 })).status).toBe(404)
    expect((await send("PATCH", "more")).status).toBe(405)
    expect((await handler(new Request("http://host/"))).status).toBe(404)
  })

  it("is the same behind Lambda, and after the instance was closed", async () => {
    await close()
    const event = {
      rawPath: `/organizations/${organization}/orders/lambda-1`,
      requestContext: { http: { method: "PUT" } },
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ item, quantity: 1 })).toString("base64"),
      isBase64Encoded: true
    }
    const first = await lambda(event)
    expect(first.statusCode).toBe(200)
    expect(await lambda(event)).toEqual(first)
    expect((await lambda({ ...event, rawPath: `/organizations/${organization}/orders/lambda-2` })).statusCode).toBe(409)
  })

  it("tries again to open what could not be opened", async () => {
    await close()
    process.env["DATABASE_URL"] = databases.broken
    expect((await send("GET", "order-1")).status).toBe(503)
    process.env["DATABASE_URL"] = databases.url
    expect((await send("GET", "order-1")).status).toBe(200)
  })

  it("sells nothing twice from several instances", async () => {
    // An instance is a copy of the modules: each has a store of its own.
    const instances: Array<{ readonly handler: typeof handler; readonly close: typeof close }> = []
    for (let n = 0; n < 3; n += 1) {
      vi.resetModules()
      instances.push({ ...(await import("../src/handler.ts")), ...(await import("../src/stock.ts")) })
    }
    expect(new Set(instances.map(({ close }) => close)).size).toBe(3)
    const answers = await Promise.all(
      instances.flatMap((instance, at) =>
        Array.from({ length: 10 }, (_, order) =>
          send("PUT", `of-${at}-${order}`, { item: scarce, quantity: 1 }, instance)
        )
      )
    )
    expect(
      answers
        .map(({ status }) => status)
        .toSorted()
        .join()
    ).toBe([...Array(7).fill(200), ...Array(23).fill(409)].join())
    for (const instance of instances) await instance.close()
    expect((await (await stockbook()).verify()).differences).toEqual([])
  })
}
