import { Validator } from "@seriousme/openapi-schema-validator"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { apis } from "../src/apis/index.ts"
import { declaredExamples, expectDeclared } from "./declared.ts"
import { type Running, start } from "./server.ts"

let server: Running
beforeAll(async () => {
  server = await start()
})
afterAll(() => server.close())

describe.each(["/openapi.json", ...apis.map(({ name }) => `/openapi/${name}.json`)])("%s", (path) => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator()
    const spec = (await server.get(path)).json as Record<string, unknown>
    const { valid, errors } = await validator.validate(spec)
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe("3.1")
  })
})

it("shows of every answer an example that it could be", () => {
  const examples = declaredExamples()
  expect(examples.length).toBeGreaterThan(100)
  expect(examples.filter(([, wrong]) => wrong !== null)).toEqual([])
})

describe("an answer of a test", () => {
  const answer = (status: number, body: unknown, type = "application/json") =>
    [new Response(status === 204 ? null : "…", { status, headers: { "content-type": type } }), body] as const

  it.each([
    ["a status", 418, {}],
    ["a field", 200, { status: "healthy", more: 1 }],
    ["a type", 200, { status: 1 }],
    ["a body", 204, { status: "healthy" }]
  ])("fails for %s that is not declared", (_, status, body) => {
    expect(() => expectDeclared("GET", "/health", ...answer(status, body))).toThrow("not declare")
  })

  it("passes as it is declared", () => {
    expectDeclared("GET", "/health/", ...answer(200, { status: "healthy" }))
    expect(() => expectDeclared("GET", "/health", ...answer(200, { status: "healthy" }, "text/html"))).toThrow("html")
  })
})
