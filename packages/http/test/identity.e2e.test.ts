import { MemoryStore, type RegistrationSetting } from "@stockbook/core"
import { SignJWT } from "jose"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { stockbook } from "../src/index.ts"
import { bearer, type Running, SECRET, start } from "./server.ts"

const PASSWORD = "correct horse"

interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
}

const login = async (server: Running, name: string): Promise<Tokens> =>
  (await server.post("/auth/login", { email: name, password: PASSWORD })).json as Tokens

const form = { "content-type": "application/x-www-form-urlencoded" }

describe("users, through two APIs", () => {
  let server: Running
  beforeAll(async () => {
    server = await start()
  })
  afterAll(() => server.close())

  it("makes the first user an admin, however it registers", async () => {
    const answer = await server.post("/api/v1/auth/register", {
      username: "Ada",
      email: "Ada@Example.org",
      password: PASSWORD,
      full_name: "Ada L."
    })
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      id: 1,
      email: "Ada@Example.org",
      username: "Ada",
      full_name: "Ada L.",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    })
    expect(answer.text).not.toContain("argon2")
  })

  it.each([
    ["/api/v1/auth/login", { username: "ada", password: PASSWORD }],
    ["/api/v1/auth/login-json", { username: "ADA@EXAMPLE.ORG", password: PASSWORD }],
    ["/api/v1/auth/login", { email: "ada@example.org", password: PASSWORD }]
  ])("logs in at %s with %j", async (path, body) => {
    const answer = await server.post(path, body)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ access_token: expect.any(String), token_type: "bearer" })
  })

  it.each(["/api/v1/auth/login", "/auth/login", "/auth/login/"])("logs in at %s with a form", async (path) => {
    const answer = await server.post(path, "grant_type=password&username=ada&password=correct+horse", form)
    expect(answer).toMatchObject({ status: 200, json: { token_type: "bearer" } })
  })

  it("shows one user in each API's own words, with one token", async () => {
    const { access_token } = await login(server, "ada")
    expect((await server.get("/api/v1/auth/me", bearer(access_token))).json).toMatchObject({ full_name: "Ada L." })
    const flow = await server.get("/auth/me", bearer(access_token))
    expect(flow.json).toEqual({
      id: 1,
      username: "Ada",
      email: "Ada@Example.org",
      role: "admin",
      first_name: null,
      last_name: null,
      created_at: expect.any(String),
      updated_at: expect.any(String)
    })
  })

  it.each([
    ["/api/v1/auth/register", { email: "ADA@example.org", password: PASSWORD }, "Email already registered"],
    ["/auth/register", { email: "new@example.org", username: "ADA", password: PASSWORD }, "Username already taken"]
  ])("refuses a taken name at %s", async (path, body, detail) => {
    expect(await server.post(path, body)).toMatchObject({ status: 400, json: { detail } })
  })

  it("registers customers only, unless an admin asks", async () => {
    const register = (name: string, role: string | undefined, headers = {}) =>
      server.post("/auth/register", { email: `${name}@example.org`, username: name, password: PASSWORD, role }, headers)
    expect(await register("cus", undefined)).toMatchObject({ status: 201, json: { role: "customer" } })
    expect(await register("sup", "supplier")).toMatchObject({
      status: 403,
      json: { detail: "Operation not permitted" }
    })
    const customer = await login(server, "cus")
    expect((await register("sup", "supplier", bearer(customer.access_token))).status).toBe(403)
    const admin = await login(server, "ada")
    const made = await register("sup", "supplier", bearer(admin.access_token))
    expect(made).toMatchObject({ status: 201, json: { role: "supplier" } })
    expect((await register("odd", undefined, bearer("not a token"))).status).toBe(201)
  })

  it.each([
    ["/api/v1/auth/login", 401],
    ["/auth/login", 400]
  ])("answers wrong credentials at %s with %i, whichever is wrong", async (path, status) => {
    for (const body of [
      { username: "ada", password: "wrong horse" },
      { username: "nobody", password: PASSWORD }
    ]) {
      const answer = await server.post(path, body)
      expect(answer).toMatchObject({ status, json: { detail: "Incorrect email or password" } })
    }
  })

  it("takes as long for a user that does not exist", async () => {
    const time = async (username: string) => {
      const times: Array<number> = []
      for (let i = 0; i < 4; i++) {
        const before = performance.now()
        await server.post("/api/v1/auth/login", { username: `${username}${i}`, password: "wrong horse" })
        times.push(performance.now() - before)
      }
      return Math.min(...times)
    }
    // Hashing takes milliseconds; an answer without it would take a fraction of one.
    expect(await time("absent")).toBeGreaterThan(3)
  })

  it("tells no token from a bad one", async () => {
    for (const path of ["/auth/me", "/api/v1/auth/me"]) {
      const none = await server.get(path)
      expect(none).toMatchObject({ status: 401, json: { detail: "Not authenticated" } })
      expect(none.headers.get("www-authenticate")).toBe("Bearer")
      const bad = await server.get(path, bearer("x.y.z"))
      expect(bad).toMatchObject({ status: 401, json: { detail: "Could not validate credentials" } })
      expect(bad.headers.get("www-authenticate")).toBe("Bearer")
    }
  })

  it("exchanges a refresh token, and takes it for nothing else", async () => {
    const { access_token, refresh_token } = await login(server, "ada")
    const answer = await server.post("/auth/refresh", { refresh_token })
    expect(answer).toMatchObject({ status: 200, json: { token_type: "bearer" } })
    expect((await server.get("/auth/me", bearer((answer.json as Tokens).access_token))).status).toBe(200)
    expect((await server.get("/auth/me", bearer(refresh_token))).status).toBe(401)
    expect((await server.post("/auth/refresh", { refresh_token: access_token })).status).toBe(401)
  })

  it.each<readonly [string, { header?: object; claims?: object; secret?: string }]>([
    ["another secret", { secret: "another secret, just as long as the right one" }],
    ["another issuer", { claims: { iss: "else" } }],
    ["another audience", { claims: { aud: "else" } }],
    ["no type", { header: { typ: undefined } }],
    ["another algorithm", { header: { alg: "HS512" } }],
    ["its time over", { claims: { exp: 1 } }],
    ["no end", { claims: { exp: undefined } }],
    ["no user", { claims: { sub: "x" } }],
    ["no such role", { claims: { role: "root" } }]
  ])("refuses a token with %s", async (_, { header, claims, secret = SECRET }) => {
    const right = { sub: "1", org: 1, role: "admin", iss: "stockbook", aud: "stockbook", exp: 9_999_999_999 }
    const token = await new SignJWT({ ...right, ...claims })
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt", ...header })
      .sign(new TextEncoder().encode(secret))
    expect((await server.get("/auth/me", bearer(token))).status).toBe(401)
  })

  it("accepts none of an unsigned token", async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
    const claims = { sub: "1", org: 1, role: "admin", iss: "stockbook", aud: "stockbook", exp: 9_999_999_999 }
    const unsigned = `${part({ alg: "none", typ: "at+jwt" })}.${part(claims)}.`
    expect((await server.get("/auth/me", bearer(unsigned))).status).toBe(401)
  })

  it("reports what is wrong with a registration, field by field", async () => {
    const answer = await server.post("/auth/register", { username: "x@y.zz", email: "a@b.de", password: "short" })
    expect(answer).toMatchObject({ status: 422, json: { detail: [{ type: "string_too_short", input: "**********" }] } })
    const borrowed = { username: "x@y.zz", email: "a@b.de", password: PASSWORD }
    expect(await server.post("/auth/register", borrowed)).toMatchObject({
      status: 422,
      json: { detail: [{ type: "value_error", loc: ["body", "username"] }] }
    })
  })

  it("asks for the login a form leaves out, under its documented name", async () => {
    const body = { password: PASSWORD, username: " " }
    const missing = (name: string) => [{ type: "missing", loc: ["body", name], msg: "Field required" }]
    expect((await server.post("/auth/login", body)).json).toMatchObject({ detail: missing("email") })
    expect((await server.post("/api/v1/auth/login", body)).json).toMatchObject({ detail: missing("username") })
  })

  it("logs who asked, and nothing that is secret", async () => {
    const { access_token } = await login(server, "ada")
    await server.get(`/auth/me?token=${access_token}`, { ...bearer(access_token), "x-request-id": "mine-1" })
    const lines = JSON.stringify(server.log)
    expect(lines).not.toContain(access_token)
    expect(lines).not.toContain(PASSWORD)
    expect(server.log.at(-1)).toMatchObject({
      level: "info",
      event: "request",
      requestId: "mine-1",
      method: "GET",
      path: "/auth/me",
      status: 200,
      organization: 1,
      user: 1
    })
  })
})

it("lets one of many first users found the store", async () => {
  const server = await start()
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      server.post("/auth/register", { email: `u${i}@example.org`, username: `user${i}`, password: PASSWORD })
    )
  )
  const roles = answers.map(({ json }) => (json as { role: string }).role)
  expect(roles.filter((role) => role === "admin")).toHaveLength(1)
  expect(roles.filter((role) => role === "customer")).toHaveLength(7)
  await server.close()
})

describe.each<readonly [RegistrationSetting, string | null, ReadonlyArray<readonly [string, string | null]>]>([
  [
    "customers",
    "customer",
    [
      ["staff", null],
      ["customer", "customer"],
      ["admin", null]
    ]
  ],
  [
    "open",
    "staff",
    [
      ["staff", "staff"],
      ["supplier", "supplier"],
      ["admin", null]
    ]
  ],
  [
    "closed",
    null,
    [
      ["staff", null],
      ["customer", null],
      ["admin", null]
    ]
  ],
  [
    "organizations",
    "admin",
    [
      ["staff", "staff"],
      ["admin", "admin"]
    ]
  ]
])("when registration is %s", (setting, throughD, throughE) => {
  let server: Running
  let founder: Tokens
  beforeAll(async () => {
    server = await start({ options: { registration: { setting } } })
    const first = { email: "ann@x.org", username: "ann", password: PASSWORD, role: "admin" }
    expect((await server.post("/auth/register", first)).status).toBe(201)
    founder = await login(server, "ann")
  })
  afterAll(() => server.close())

  const roleOf = async (name: string) => {
    const { access_token } = await login(server, name)
    return ((await server.get("/auth/me", bearer(access_token))).json as { role: string }).role
  }

  it(`makes ${throughD ?? "nobody"} through the API that knows no roles`, async () => {
    const answer = await server.post("/api/v1/auth/register", { email: "d@x.org", password: PASSWORD })
    expect(answer.status).toBe(throughD === null ? 403 : 201)
    if (throughD !== null) expect(await roleOf("d@x.org")).toBe(throughD)
  })

  it.each(throughE)("makes who asks to be %s %s", async (role, made) => {
    const form = { email: `${role}@x.org`, username: `new ${role}`, password: PASSWORD, role }
    const answer = await server.post("/auth/register", form)
    if (made === null) expect(answer).toMatchObject({ status: 403, json: { detail: "Operation not permitted" } })
    else expect(answer).toMatchObject({ status: 201, json: { role: made } })
  })

  it("lets an admin register whom it will", async () => {
    const form = { email: "by@x.org", username: "by admin", password: PASSWORD, role: "supplier" }
    const answer = await server.post("/auth/register", form, bearer(founder.access_token))
    expect(answer).toMatchObject({ status: 201, json: { role: "supplier" } })
  })
})

it("gives every registration its own organization, if so set", async () => {
  const server = await start({ options: { registration: { setting: "organizations" } } })
  for (const name of ["ann", "bob"]) {
    const answer = await server.post("/auth/register", { email: `${name}@x.org`, username: name, password: PASSWORD })
    expect(answer).toMatchObject({ status: 201, json: { role: "admin" } })
    const { access_token } = await login(server, name)
    await server.get("/auth/me", bearer(access_token))
  }
  expect(server.log.filter((entry) => entry.event === "request" && entry.organization !== null)).toMatchObject([
    { organization: 1, user: 1 },
    { organization: 2, user: 2 }
  ])
  await server.close()
})

it("will not start with a short secret", () => {
  expect(() => stockbook({ store: MemoryStore.layer, tokens: { secret: "short" } })).toThrow("at least 32 bytes")
})
