import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Running, start } from "./server.ts"

let server: Running
let read: Record<string, string>
const PAGE = "/api/v1/products/?page_size=40"

beforeAll(async () => {
  server = await start()
  const login = { email: "founder@x.org", password: "long enough" }
  await server.post("/api/v1/auth/register", { ...login, username: "founder" })
  const { access_token } = (await server.post("/api/auth/login", login)).json as { access_token: string }
  read = { authorization: `Bearer ${access_token}` }
  for (let n = 0; n < 40; n++) {
    const product = {
      name: `Größe ${n}`,
      sku: `SKU-${n}`,
      unit_of_measure: "piece",
      unit_price: "1.50",
      category: "Tools"
    }
    expect((await server.post("/api/v1/products/", product, read)).status).toBe(201)
  }
})
afterAll(() => server.close())

describe("an answer", () => {
  it.each([
    ["gzip", "gzip"],
    ["br", "br"],
    ["deflate", "deflate"],
    ["gzip;q=0.5, br", "br"],
    ["br;q=0, *", "gzip"],
    ["identity", null],
    ["identity, gzip;q=0.5", null],
    ["zip", null],
    ["*;q=0", null]
  ])("that is long is, for who takes %j, in the coding %j", async (accepted, coding) => {
    const plain = await server.get(PAGE, { ...read, "accept-encoding": "identity" })
    const answer = await server.get(PAGE, { ...read, "accept-encoding": accepted })
    expect(answer.headers.get("content-encoding")).toBe(coding)
    expect(answer).toMatchObject({ status: 200, json: { total: 40 } })
    expect(answer.json).toEqual(plain.json)
    expect(answer.headers.get("vary")).toBe("Accept-Encoding")
    expect(answer.headers.get("content-type")).toBe("application/json")
  })

  it("that its client has already has neither a body nor a coding", async () => {
    const codings = { ...read, "accept-encoding": "gzip" }
    const etag = (await server.get(PAGE, codings)).headers.get("etag") ?? ""
    const known = await server.get(PAGE, { ...codings, "if-none-match": etag })
    expect(known.status).toBe(304)
    expect(known.headers.get("content-encoding")).toBeNull()
    expect(known.headers.get("vary")).toBe("Accept-Encoding")
  })

  it("that is short, or has no body, is sent as it is", async () => {
    const codings = { ...read, "accept-encoding": "gzip" }
    const short = await server.get("/api/v1/products/?page_size=2", codings)
    expect(short).toMatchObject({ status: 200, json: { total: 40 } })
    expect(short.headers.get("content-encoding")).toBeNull()
    const head = await server.send(PAGE, { method: "HEAD", headers: codings })
    expect(head.status).toBe(200)
    expect(head.headers.get("content-encoding")).toBeNull()
  })
})
