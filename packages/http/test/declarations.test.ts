import { Effect } from "effect"
import { HttpApi, HttpApiBuilder, HttpApiEndpoint, HttpApiGroup } from "effect/http-api"
import { expect, it } from "vitest"
import { documented } from "../src/apis/DocumentedApi.ts"
import { apis } from "../src/apis/index.ts"
import { operation } from "../src/apis/operation.ts"
import { Authentication, Authorization } from "../src/identity/Authorization.ts"
import { isAuthorized } from "../src/identity/isGuarded.ts"
import { detailShape } from "../src/problems/ErrorShape.ts"

const endpoint = HttpApiEndpoint.get("get", "/thing")
const able = endpoint.annotateMerge(operation("Get the thing", "read stock"))

it.each([
  ["no ability", HttpApiGroup.make("things").add(endpoint).middleware(Authorization)],
  ["an ability that nothing asks for", HttpApiGroup.make("things").add(able)]
])("an endpoint with %s is not served", (_, group) => {
  const api = HttpApi.make("things").add(group)
  const handlers = HttpApiBuilder.group(api, "things", (things) => things.handleAll({ get: () => Effect.void }))
  expect(() => documented({ name: "things", prefix: "/things", shape: detailShape, api, handlers })).toThrow(
    "GET /thing"
  )
})

it("only these endpoints serve users of any role, and nobody in particular", () => {
  const open = apis.flatMap(({ routes }) => routes.filter(({ endpoint }) => !isAuthorized(endpoint)))
  const lines = open.map(({ method, path, endpoint: { middlewares } }) =>
    [method, path, middlewares.has(Authentication) ? "any user" : "anybody"].join(" ")
  )
  expect(lines.sort()).toEqual([
    "GET / anybody",
    "GET /api/v1/auth/me any user",
    "GET /auth/me any user",
    "GET /health anybody",
    "GET /ready anybody",
    "POST /api/auth/login anybody",
    "POST /api/v1/auth/login anybody",
    "POST /api/v1/auth/login-json anybody",
    "POST /api/v1/auth/register anybody",
    "POST /auth/login anybody",
    "POST /auth/refresh anybody",
    "POST /auth/register anybody"
  ])
})
