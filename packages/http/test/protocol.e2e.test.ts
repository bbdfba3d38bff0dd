import { request } from "node:http"
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Running, start } from "./server.ts"

let server: Running
beforeAll(async () => {
  server = await start()
})
afterAll(() => server.close())

const REGISTER = "/api/v1/auth/register"

describe("what is not there", () => {
  it.each(["/nope", "/api/v1/nope", "/auth", "/%E0%A4%A", "/auth/%00/%ff?__proto__=1&%ff=%ff", `/${"a".repeat(5000)}`])(
    "%s is 404",
    async (path) => {
      expect(await server.get(path)).toMatchObject({ status: 404, json: { detail: "Not Found" } })
    }
  )

  it.each([
    ["POST", "/health", "GET, HEAD, OPTIONS"],
    ["DELETE", "/auth/me", "GET, HEAD, OPTIONS"],
    ["GET", "/auth/login", "POST, OPTIONS"],
    ["HEAD", "/auth/login/", "POST, OPTIONS"],
    ["PATCH", "/api/v1/products/1", "DELETE, GET, PUT, HEAD, OPTIONS"]
  ])("%s %s is 405 with Allow: %s", async (method, path, allow) => {
    const answer = await server.send(path, { method })
    const body = method === "HEAD" ? {} : { json: { detail: "Method Not Allowed" } }
    expect(answer).toMatchObject({ status: 405, ...body })
    expect(answer.headers.get("allow")).toBe(allow)
  })

  it.each([
    ["/api/v1/auth/register/", 204, "POST, OPTIONS"],
    ["/health", 204, "GET, HEAD, OPTIONS"],
    ["/nope", 404, null]
  ])("OPTIONS %s is %s with Allow: %s", async (path, status, allow) => {
    const answer = await server.send(path, { method: "OPTIONS" })
    expect(answer.status).toBe(status)
    expect(answer.headers.get("allow")).toBe(allow)
  })

  it.each(["*", "http://elsewhere/health", "//health", "/health?x=%", "/health#x"])("%s does no harm", async (path) => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = server.server.address() as { port: number }
      request({ host: "127.0.0.1", port, path }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on("error", reject)
        .end()
    })
    expect([200, 404]).toContain(status)
  })

  it("answers HEAD without a body", async () => {
    const read = await server.get("/health")
    const head = await server.send("/health", { method: "HEAD" })
    expect(head).toMatchObject({ status: 200, text: "" })
    for (const name of ["etag", "content-type", "content-length"]) {
      expect(head.headers.get(name)).toBe(read.headers.get(name))
    }
    const known = { "if-none-match": read.headers.get("etag") ?? "" }
    expect((await server.send("/health", { method: "HEAD", headers: known })).status).toBe(304)
  })
})

describe("bodies", () => {
  it.each([
    ["not JSON", '{"a":', "json_invalid"],
    ["endlessly open", '{"email":'.repeat(100_000), "json_invalid"],
    ["nothing", "", "missing"],
    ["null", "null", "missing"],
    ["a number", "5", "model_attributes_type"]
  ])("%s is 422", async (_, body, type) => {
    const answer = await server.post(REGISTER, body)
    expect(answer).toMatchObject({ status: 422, json: { detail: [{ type, loc: ["body"] }] } })
  })

  it.each([
    ["10,000 lists deep", `{"email":${"[".repeat(10_000)}${"]".repeat(10_000)},"password":"long enough"}`],
    ["10,000 objects deep", `${'{"email":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["prototype keys", '{"__proto__":{"email":"a@b.de"},"constructor":1,"toString":2,"password":"long enough"}'],
    ["NUL", '{"email":"a\\u0000@b.de","password":"long enough"}'],
    ["a lone surrogate", '{"email":"\\ud800@b.de","password":"long enough"}']
  ])("%s is 422", async (_, body) => {
    const answer = await server.post(REGISTER, body)
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.json)).toContain("email")
  })

  it("takes bytes that are no UTF-8 for what they are", async () => {
    const body = Buffer.concat([Buffer.from('{"email":"'), Buffer.from([0xff, 0xfe]), Buffer.from('@b"}')])
    const headers = { "content-type": "application/json" }
    expect((await server.send(REGISTER, { method: "POST", body, headers })).status).toBe(422)
  })

  it("takes the last of a key given twice, and ignores what it does not know", async () => {
    const body = '{"email":"a@b.de","email":"c@d.de","password":"long enough","nonsense":1}'
    expect(await server.post(REGISTER, body)).toMatchObject({ status: 201, json: { email: "c@d.de" } })
  })

  it("over the limit is 413", async () => {
    const answer = await server.post(REGISTER, `{"email":"${"a".repeat(4 * 1024 * 1024)}"}`)
    expect(answer).toMatchObject({ status: 413, json: { detail: "Request body too large" } })
  })

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data"])(
    "as %s is 415 where JSON is wanted",
    async (type) => {
      const answer = await server.post(REGISTER, "email=a", { "content-type": type })
      expect(answer).toMatchObject({ status: 415, json: { detail: "Unsupported Media Type" } })
    }
  )

  it("may name a charset", async () => {
    const answer = await server.post(REGISTER, "{}", { "content-type": "application/json; charset=utf-8" })
    expect(answer.status).toBe(422)
  })
})

describe("every answer", () => {
  it.each([
    ["mine.1_a-B", "mine.1_a-B"],
    ["a".repeat(128), "a".repeat(128)],
    ["a".repeat(129), null],
    ["with space", null],
    ['"><script>', null]
  ])("keeps the request id %j if it is one", async (given, kept) => {
    const id = (await server.get("/health", { "x-request-id": given })).headers.get("x-request-id")
    expect(id).toEqual(kept ?? expect.stringMatching(/^[0-9a-f-]{36}$/))
  })

  it("has security headers, and none that admit other origins", async () => {
    const { headers } = await server.get("/health", { origin: "https://elsewhere.example" })
    expect(headers.get("x-content-type-options")).toBe("nosniff")
    expect(headers.get("content-security-policy")).toContain("default-src")
    expect(headers.get("access-control-allow-origin")).toBeNull()
    expect(headers.get("x-powered-by")).toBeNull()
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN")
    expect(headers.get("referrer-policy")).toBe("no-referrer")
    expect(headers.get("set-cookie")).toBeNull()
  })

  it("to a page of another origin that asks first is that it may not", async () => {
    const { headers } = await server.send("/api/v1/products", {
      method: "OPTIONS",
      headers: { origin: "https://elsewhere.example", "access-control-request-method": "POST" }
    })
    for (const name of ["origin", "methods", "headers", "credentials"]) {
      expect(headers.get(`access-control-allow-${name}`)).toBeNull()
    }
  })

  it("with tokens is kept by nobody on the way", async () => {
    const user = { email: "kept@x.org", username: "kept", password: "long enough" }
    expect((await server.post("/auth/register", user)).status).toBeLessThan(500)
    const login = { email: user.email, password: user.password }
    for (const path of ["/auth/login", "/api/v1/auth/login", "/api/v1/auth/login-json", "/api/auth/login"]) {
      const answer = await server.post(path, login)
      expect(answer).toMatchObject({ status: 200, json: { access_token: expect.any(String) } })
      expect(answer.headers.get("cache-control")).toBe("no-store")
    }
    const { refresh_token } = (await server.post("/auth/login", login)).json as { refresh_token: string }
    const refreshed = await server.post("/auth/refresh", { refresh_token })
    expect(refreshed.status).toBe(200)
    expect(refreshed.headers.get("cache-control")).toBe("no-store")
  })

  it("is compressed if it is long, and only then", async () => {
    const short = await server.get("/health", { "accept-encoding": "gzip" })
    expect(short.headers.get("content-encoding")).toBeNull()
    expect(short.headers.get("content-type")).toBe("application/json")
    const long = await server.get("/openapi.json", { "accept-encoding": "gzip" })
    expect(long.headers.get("content-encoding")).toBe("gzip")
    expect(long.json).toMatchObject({ openapi: "3.1.0" })
  })
})

describe("a compressed body", () => {
  const body = JSON.stringify({ email: "packed@x.org", password: "long enough" })
  const send = (bytes: Uint8Array<ArrayBuffer>, coding: string) =>
    server.send(REGISTER, {
      method: "POST",
      body: bytes,
      headers: { "content-type": "application/json", "content-encoding": coding }
    })

  it.each([
    ["gzip", gzipSync(body)],
    ["GZIP", gzipSync(body)],
    ["deflate", deflateSync(body)],
    ["br", brotliCompressSync(body)],
    ["identity", Buffer.from(body)]
  ])("is read as %s", async (coding, bytes) => {
    const status = (await send(new Uint8Array(bytes), coding)).status
    expect([201, 400]).toContain(status)
  })

  it("may be a form", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip" }
    const form = new Uint8Array(gzipSync("username=packed@x.org&password=long+enough"))
    const answer = await server.send("/auth/login", { method: "POST", body: form, headers })
    expect(answer.status).toBe(200)
  })

  it.each([
    ["no such thing", Buffer.from(body)],
    ["cut short", gzipSync(body).subarray(0, 20)]
  ])("that is %s is 400", async (_, bytes) => {
    expect((await send(new Uint8Array(bytes), "gzip")).status).toBe(400)
  })

  it.each([
    ["beyond the limit", gzipSync(`{"email":"${" ".repeat(4 * 1024 * 1024)}"}`)],
    ["far beyond it", gzipSync(Buffer.alloc(64 * 1024 * 1024))]
  ])("that grows %s is 413", async (_, bytes) => {
    expect(bytes.length).toBeLessThan(1024 * 1024)
    expect(await send(new Uint8Array(bytes), "gzip")).toMatchObject({
      status: 413,
      json: { detail: "Request body too large" }
    })
  })

  it.each(["zip", "gzip, gzip", "__proto__"])("as %s is 415", async (coding) => {
    const answer = await send(new Uint8Array(gzipSync(body)), coding)
    expect(answer).toMatchObject({ status: 415, json: { detail: "Unsupported Media Type" } })
    expect(answer.headers.get("accept-encoding")).toBe("gzip, deflate, br")
  })
})
