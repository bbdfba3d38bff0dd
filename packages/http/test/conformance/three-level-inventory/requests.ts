import { describe, expect, it } from "vitest"
import {
  BATCHES,
  dataOf,
  ITEMS,
  inBatches,
  inSizes,
  levels,
  newItem,
  refused,
  type Subject,
  stockPath,
  VARIATIONS
} from "./subject.ts"

/** What holds for every request: logging in, keys and conditions, and the document's flow from end to end. */
export const requests = (at: Subject): void => {
  describe("logging in", () => {
    const login = (body: object) => at.world.nobody.post("/api/auth/login", body)

    it.each(["email", "username"])("is by e-mail or username, sent as %s", async (what) => {
      const name = what === "email" ? "admin@example.org" : "admin"
      const answer = await login({ email: name, password: "correct horse" })
      expect(answer).toMatchObject({ status: 200 })
      expect(answer.json).toEqual({
        success: true,
        access_token: expect.any(String),
        token_type: "Bearer",
        user: {
          id: expect.any(Number),
          name: "admin",
          email: "admin@example.org",
          role: "admin",
          organization_id: expect.any(Number)
        }
      })
      const { access_token } = answer.json as { access_token: string }
      const mine = { authorization: `Bearer ${access_token}` }
      expect((await at.world.nobody.get(ITEMS, undefined, mine)).status).toBe(200)
      expect((await at.world.nobody.get("/api/v1/inventory", undefined, mine)).status).toBe(200)
    })

    it("is refused alike for a wrong password and for nobody", async () => {
      for (const email of ["admin@example.org", "nobody@example.org"]) {
        expect(await login({ email, password: "wrong horse" })).toMatchObject({
          status: 401,
          json: { success: false, message: "Invalid credentials" }
        })
      }
    })

    it("needs both", async () => {
      const required = (field: string) => refused(field, `The ${field} field is required.`)
      expect(await login({ email: "admin@example.org" })).toMatchObject(required("password"))
      expect(await login({ password: "correct horse" })).toMatchObject(required("email"))
    })
  })

  it("plays the documented workflow from end to end", async () => {
    const { admin } = at
    const item = dataOf(
      await admin.post(ITEMS, {
        name: "Premium T-Shirt",
        type: "product",
        default_price: 2000,
        has_variations: true,
        variations: [
          { variation_type: "Size", variation_value: "Small", variation_price: 1800 },
          { variation_type: "Size", variation_value: "Medium", variation_price: 2000 },
          { variation_type: "Size", variation_value: "Large", variation_price: 2200 }
        ]
      })
    )
    const variation_id = item.variations[1]?.id
    const add = { variation_id, quantity: 100, note: "Initial stock purchase" }
    expect((await admin.post(stockPath(item.id, "add"), add)).status).toBe(200)
    const reduce = { variation_id, quantity: 5, related_invoice_id: 123, note: "Sale - Invoice #INV-2025-123" }
    expect((await admin.post(stockPath(item.id, "reduce"), reduce)).status).toBe(200)
    expect(dataOf(await admin.get(`${stockPath(item.id, "balance")}?variation_id=${variation_id}`))).toMatchObject({
      inventory_stock: 95,
      variation_stock: 95
    })
    const extra = { inventory_id: item.id, variation_type: "Size", variation_value: "Extra Large" }
    expect((await admin.post(VARIATIONS, { ...extra, variation_price: 2400, stock_quantity: 0 })).status).toBe(201)
    expect(dataOf(await admin.get(`${ITEMS}/${item.id}`))).toMatchObject({
      stock_quantity: 95,
      variations: [{ stock_quantity: 0 }, { stock_quantity: 95 }, { stock_quantity: 0 }, { variation_price: 2400 }],
      stock_records: [
        { transaction_type: "sale", quantity: -5, balance_after: 95, related_invoice_id: 123 },
        { transaction_type: "purchase", quantity: 100, balance_after: 100 }
      ]
    })
  })

  describe("an idempotency key", () => {
    const sized = { variations: [{ variation_type: "Size", variation_value: "One", stock_quantity: 4 }] }
    const item = () => newItem(at.admin, { stock_quantity: 10 })
    const writes: ReadonlyArray<
      readonly [string, "POST" | "PUT", () => Promise<readonly [string, (n: number) => object]>]
    > = [
      ["making an item", "POST", async () => [ITEMS, (n) => ({ name: `Once ${n}`, stock_quantity: 3, ...sized })]],
      [
        "making a variation",
        "POST",
        async () => {
          const { id } = await item()
          return [VARIATIONS, (n) => ({ inventory_id: id, variation_value: `Once ${n}`, stock_quantity: 3 })]
        }
      ],
      [
        "making a batch",
        "POST",
        async () => {
          const { id } = await item()
          return [BATCHES, (n) => ({ inventory_id: id, batch_name: `Once ${n}` })]
        }
      ],
      ["making a category", "POST", async () => ["/api/inventory_categories", (n) => ({ name: `Once ${n}` })]],
      ["making a brand", "POST", async () => ["/api/inventory_brands", (n) => ({ name: `Once ${n}` })]],
      ["making a unit", "POST", async () => ["/api/inventory_units", (n) => ({ name: `Once ${n}` })]],
      ["adding", "POST", async () => [stockPath((await item()).id, "add"), (n) => ({ quantity: n })]],
      ["reducing", "POST", async () => [stockPath((await item()).id, "reduce"), (n) => ({ quantity: n })]],
      ["changing an item", "PUT", async () => [`${ITEMS}/${(await item()).id}`, (n) => ({ note: `Once ${n}` })]],
      [
        "changing a variation",
        "PUT",
        async () => [`${VARIATIONS}/${(await inSizes(at.admin, 0, 0)).medium}`, (n) => ({ note: `Once ${n}` })]
      ],
      [
        "changing a batch",
        "PUT",
        async () => [`${BATCHES}/${(await inBatches(at.admin, 0, 0)).first}`, (n) => ({ batch_name: `Once ${n}` })]
      ]
    ]

    it.each(writes)("makes %s happen once, and answers alike", async (what, method, made) => {
      const [path, body] = await made()
      const key = { "idempotency-key": `once: ${what}` }
      const first = await at.admin.send(method, path, body(1), key)
      expect(first.status).toBe(first.status === 201 ? 201 : 200)
      const again = await at.admin.send(method, path, body(1), key)
      expect(again).toMatchObject({ status: first.status, text: first.text })
      expect(again.headers.get("idempotency-replayed")).toBe("true")
      expect(await at.admin.send(method, path, body(2), key)).toMatchObject({
        status: 409,
        json: { success: false, message: "The Idempotency-Key was used with another request" }
      })
    })

    it("lets stock be moved once", async () => {
      const { id } = await item()
      const key = { "idempotency-key": `moved ${id}` }
      const reduce = () => at.admin.post(stockPath(id, "reduce"), { quantity: 4 }, key)
      const answers = await Promise.all(Array.from({ length: 8 }, reduce))
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
      expect((await levels(at.admin, id)).item).toBe(6)
    })
  })

  describe.each([
    ["an item", async () => `${ITEMS}/${(await newItem(at.admin)).id}`],
    ["a variation", async () => `${VARIATIONS}/${(await inSizes(at.admin, 0, 0)).medium}`],
    ["a batch", async () => `${BATCHES}/${(await inBatches(at.admin, 0, 0)).first}`]
  ] as const)("If-Match on %s", (what, made) => {
    const change = (n: number) => (what === "a batch" ? { batch_name: `Name ${n}` } : { note: `Note ${n}` })

    it("lets one of those pass who saw the same", async () => {
      const path = await made()
      const condition = { "if-match": (await at.admin.get(path)).headers.get("etag") ?? "" }
      const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => at.admin.put(path, change(n), condition)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)])
      const loser = answers.find(({ status }) => status === 412)
      expect(loser?.json).toEqual({ success: false, message: "It was changed meanwhile" })
      const winner = answers.findIndex(({ status }) => status === 200)
      const read = await at.admin.get(path)
      expect(dataOf(read)).toMatchObject(change(winner))
      const etag = read.headers.get("etag") ?? ""
      expect(await at.admin.get(path, undefined, { "if-none-match": etag })).toMatchObject({ status: 304, text: "" })
      expect((await at.admin.put(path, change(99), { "if-match": etag })).status).toBe(200)
    })
  })
}
