import { createHmac, createPublicKey, generateKeyPairSync } from "node:crypto"
import { MemoryStore } from "@stockbook/core"
import { Context } from "effect"
import { SignJWT } from "jose"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Route } from "../src/apis/DocumentedApi.ts"
import { apis } from "../src/apis/index.ts"
import { Authentication, RequiredAbility } from "../src/identity/Authorization.ts"
import { isAuthorized } from "../src/identity/isGuarded.ts"
import { mayNot } from "./conformance/guarded.ts"
import { exampleOf } from "./conformance/tenants/declaredIds.ts"
import { titleOf } from "./conformance/tenants/requests.ts"
import { type Client, openWorld, type World } from "./conformance/world.ts"
import { bearer, SECRET } from "./server.ts"

const routes = apis.flatMap((api) => api.routes)
const titled = (chosen: ReadonlyArray<Route>) => chosen.map((each) => [titleOf(each.method, each.path), each] as const)
const ofUsers = ({ endpoint }: Route) => isAuthorized(endpoint) || endpoint.middlewares.has(Authentication)

/** Endpoints that give nothing but what anybody may know, and those that give tokens. */
const anybodys = [
  "GET /health",
  "GET /ready",
  "POST /api/auth/login",
  "POST /api/v1/auth/register",
  "POST /api/v1/auth/login",
  "POST /api/v1/auth/login-json",
  "GET /",
  "POST /auth/register",
  "POST /auth/login",
  "POST /auth/refresh"
]

const roles = ["admin", "staff", "customer", "supplier"] as const
const now = Math.floor(Date.now() / 1000)
const claims = { sub: "1", org: 1, role: "admin", iss: "stockbook", aud: "stockbook", iat: now, exp: now + 600 }
const header = { alg: "HS256", typ: "at+jwt" }

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
const key = new TextEncoder().encode(SECRET)
const signed = (more: object = {}, head: object = {}, secret: Uint8Array = key) =>
  new SignJWT({ ...claims, ...more }).setProtectedHeader({ ...header, ...head }).sign(secret)
/** Signed by hand, where a library would refuse to. */
const forged = (head: object, secret: string | Uint8Array, hash = "sha256") => {
  const text = `${part({ ...header, ...head })}.${part(claims)}`
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`
}
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 })
const publicKey = createPublicKey(rsa.privateKey).export({ type: "spki", format: "pem" })

/** A good token whose last part is changed in one bit. */
const tampered = (token: string): string => {
  const [head = "", body = "", signature = ""] = token.split(".")
  const bytes = Buffer.from(signature, "base64url")
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return `${head}.${body}.${bytes.toString("base64url")}`
}
/** A customer's good token that says admin. */
const promoted = (token: string): string => {
  const [head, body = "", signature] = token.split(".")
  return `${head}.${part({ ...JSON.parse(Buffer.from(body, "base64url").toString()), role: "admin" })}.${signature}`
}

const tokenOf = ({ headers }: Client): string => (headers["authorization"] ?? "").slice("Bearer ".length)

/** All that is no credential, and could be taken for one. */
const badHeaders = async (world: World): Promise<Readonly<Record<string, string>>> => {
  const { json } = await world.nobody.post("/auth/login", { username: "admin", password: "correct horse" })
  const { refresh_token } = json as { refresh_token: string }
  const tokens = {
    "no JWT": "x",
    "three dots": "...",
    expired: await signed({ iat: now - 7200, exp: now - 3600 }),
    "not yet good": await signed({ nbf: now + 3600 }),
    "with a signature changed": tampered(tokenOf(world.admin)),
    "with its claims changed": promoted(tokenOf(world.customer)),
    "without its signature": tokenOf(world.admin).replace(/[^.]*$/, ""),
    "of the algorithm none": `${part({ ...header, alg: "none" })}.${part(claims)}.`,
    "of the algorithm nOnE": `${part({ ...header, alg: "nOnE" })}.${part(claims)}.`,
    "signed with HS512": forged({ alg: "HS512" }, SECRET, "sha512"),
    "signed with an empty key": forged({}, ""),
    "signed with another key": forged({}, "another secret, just as long as the right one"),
    "signed with a public key": forged({}, publicKey),
    "signed by a private key of its own": await new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", typ: "at+jwt" })
      .sign(rsa.privateKey),
    "that brings its key along": await signed({}, { jwk: { kty: "oct", k: part("mine") } }, new Uint8Array(32)),
    "that names a key file": await signed({}, { kid: "/dev/null" }, new Uint8Array(32)),
    "with a critical extension": forged({ crit: ["mine"], mine: true }, SECRET),
    "of another issuer": await signed({ iss: "else" }),
    "for another audience": await signed({ aud: "else" }),
    "of no type": forged({ typ: undefined }, SECRET),
    "to refresh with": refresh_token,
    "of a user that is no number": await signed({ sub: "admin" }),
    "of an organization that is none": await signed({ org: "1 OR 1=1" }),
    "of a role that is none": await signed({ role: "root" })
  }
  return {
    ...Object.fromEntries(Object.entries(tokens).map(([name, token]) => [`a token ${name}`, `Bearer ${token}`])),
    "a scheme without a token": "Bearer",
    "a name and a password": `Basic ${Buffer.from("admin:correct horse").toString("base64")}`,
    "a token without a scheme": tokenOf(world.admin)
  }
}

describe("every endpoint", () => {
  let world: World
  let bad: Readonly<Record<string, string>>
  beforeAll(async () => {
    world = await openWorld(MemoryStore.layer)
    bad = await badHeaders(world)
  })
  afterAll(() => world.close())

  const ask = (route: Route, headers: Record<string, string>, verb: string = route.method) => {
    // A number that no thing has.
    const url = route.path.replace(/:\w+/g, "987654").replace(/(?<=check)$/, "?product_id=1&quantity=1")
    const body = verb === "HEAD" ? undefined : exampleOf(route)
    return world.server.send(url, {
      method: verb,
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
  }

  it("is a user's, but for these", () => {
    expect(routes.filter((route) => !ofUsers(route)).map(({ method, path }) => titleOf(method, path))).toEqual(anybodys)
  })

  it("would let a token of this test pass that is good", async () => {
    expect((await world.server.get("/auth/me", bearer(await signed()))).status).toBe(200)
    expect((await world.server.get("/auth/me", bearer(forged({}, SECRET)))).status).toBe(200)
  })

  it.each(titled(routes.filter(ofUsers)))("%s takes no credential but a good one", async (_, route) => {
    const none = await ask(route, {})
    expect(none.status).toBe(401)
    expect(none.headers.get("www-authenticate")).toBe("Bearer")
    const statuses: Record<string, number> = {}
    for (const [name, authorization] of Object.entries(bad))
      statuses[name] = (await ask(route, { authorization })).status
    expect(statuses).toEqual(Object.fromEntries(Object.keys(bad).map((name) => [name, 401])))
    const gateway = { "x-user-id": "1", "x-organization-id": "1", "x-user-role": "admin" }
    expect((await ask(route, gateway)).status).toBe(401)
    expect((await ask(route, { cookie: `access_token=${tokenOf(world.admin)}` })).status).toBe(401)
    if (route.method === "GET") expect((await ask(route, {}, "HEAD")).status).toBe(401)
  })

  it.each(titled(routes.filter(({ endpoint }) => isAuthorized(endpoint))))("%s asks for a role", async (_, route) => {
    const ability = Context.getOrUndefined(route.endpoint.annotations, RequiredAbility)
    const refused = ability === undefined ? roles : mayNot(ability)
    for (const role of roles) {
      const { status } = await ask(route, world[role].headers)
      if (role !== "admin" && refused.includes(role)) {
        expect([role, status]).toEqual([role, 403])
        const spoofed = { ...world[role].headers, "x-user-role": "admin", "x-organization-id": "1" }
        expect((await ask(route, spoofed)).status).toBe(403)
      } else {
        // Own orders are for everybody, but only the own ones: what is not there yet is nobody's.
        expect([401, ...(ability === "own orders" ? [] : [403])]).not.toContain(status)
      }
    }
  })

  it.each(["GET /api/v1/auth/me", "GET /auth/me"])("%s serves every role", async (title) => {
    const [, path = ""] = title.split(" ")
    for (const role of roles) expect((await world[role].get(path)).status).toBe(200)
  })

  it("that gives tokens gives none for an access token", async () => {
    const answer = await world.nobody.post("/auth/refresh", { refresh_token: tokenOf(world.admin) })
    expect(answer).toMatchObject({ status: 401, json: { detail: "Could not validate credentials" } })
  })

  it("that gives tokens gives none for a bad one", async () => {
    for (const header of Object.values(bad)) {
      const token = header.replace(/^Bearer /, "")
      const answer = await world.nobody.post("/auth/refresh", { refresh_token: token })
      if (token !== bad["a token to refresh with"]?.replace(/^Bearer /, "")) expect(answer.status).toBe(401)
    }
  })

  it("that gives tokens gives none to a user that there is no more", async () => {
    const gone = await signed({ sub: "987654" }, { typ: "rt+jwt" })
    expect((await world.nobody.post("/auth/refresh", { refresh_token: gone })).status).toBe(401)
    const still = await signed({ sub: "987654" })
    for (const path of ["/auth/me", "/api/v1/auth/me"]) {
      expect((await world.nobody.get(path, undefined, bearer(still))).status).toBe(401)
    }
  })

  it("that registers takes bad credentials for none", async () => {
    for (const [index, authorization] of Object.values(bad).slice(2, 6).entries()) {
      const user = {
        username: `bad${index}`,
        email: `bad${index}@example.org`,
        password: "correct horse",
        role: "staff"
      }
      const answer = await world.nobody.post("/auth/register", user, { authorization })
      // Registered as anybody is: in an organization of its own.
      const { access_token } = (
        await world.nobody.post("/auth/login", { username: user.username, password: user.password })
      ).json as { access_token: string }
      const listed = await world.nobody.get("/customers/", undefined, bearer(access_token))
      expect([answer.status, listed.json]).toEqual([201, []])
    }
  })
})
