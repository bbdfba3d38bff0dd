import { afterAll, beforeAll, expect, it } from "vitest"
import { type Running, start } from "./server.ts"

const PASSWORD = "correct horse"

let server: Running
beforeAll(async () => {
  server = await start({ options: { loginLimit: { failures: 3, addressFailures: 12 } } })
  for (const name of ["ann", "bob"]) {
    await server.post("/auth/register", { email: `${name}@x.org`, username: name, password: PASSWORD })
  }
})
afterAll(() => server.close())

const attempt = (username: string, password: string, path = "/api/v1/auth/login") =>
  server.post(path, { username, password })

it("counts no successes, however many come at once", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => attempt("ann", PASSWORD)))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
})

it("refuses an account after its failures, in every API, and says for how long", async () => {
  for (let i = 0; i < 3; i++) expect((await attempt("ann", "wrong horse")).status).toBe(401)
  for (const path of ["/api/v1/auth/login", "/api/v1/auth/login-json", "/auth/login"]) {
    const answer = await attempt("ANN", PASSWORD, path)
    expect(answer).toMatchObject({ status: 429, json: { detail: expect.stringContaining("Too many") } })
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0)
  }
})

it("leaves other accounts alone", async () => {
  expect((await attempt("bob", PASSWORD)).status).toBe(200)
})

it("lets a burst of wrong passwords pass by no more than are hashed at once", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => attempt("bob", "wrong horse")))
  const tried = answers.filter(({ status }) => status === 401).length
  expect(tried).toBeGreaterThanOrEqual(3)
  expect(tried).toBeLessThanOrEqual(4)
})

it("refuses an address that fails with one account after another", async () => {
  for (let i = 0; i < 12; i++) await attempt(`nobody${i}`, "wrong horse")
  expect((await attempt("somebody", PASSWORD)).status).toBe(429)
})

it("goes by the connection, not by what a client says of its address", async () => {
  for (const address of ["203.0.113.7", "2001:db8::1"]) {
    const headers = { "x-forwarded-for": address, forwarded: `for=${address}`, "x-real-ip": address }
    const answer = await server.post("/auth/login", { email: "somebody else", password: PASSWORD }, headers)
    expect(answer.status).toBe(429)
  }
})
