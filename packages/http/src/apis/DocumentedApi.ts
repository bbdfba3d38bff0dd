import type { Stockbook } from "@stockbook/core"
import { Context, Layer } from "effect"
import type { FileSystem } from "effect/FileSystem"
import type { Etag, HttpPlatform, HttpRouter } from "effect/http"
import type { HttpMethod } from "effect/http/HttpMethod"
import { HttpApi, HttpApiBuilder, type HttpApiEndpoint, type HttpApiGroup, OpenApi } from "effect/http-api"
import type { Path } from "effect/Path"
import type { Accounts } from "../identity/Accounts.ts"
import {
  type Authentication,
  type Authorization,
  type Identification,
  RequiredAbility
} from "../identity/Authorization.ts"
import type { EnvelopeAuthorization } from "../identity/EnvelopeAuthorization.ts"
import { isAuthorized } from "../identity/isGuarded.ts"
import type { StoreServices } from "../Options.ts"
import type { ErrorShape } from "../problems/ErrorShape.ts"
import { compileSchemas } from "./compileSchemas.ts"

/** What handlers and middleware of every API may ask for. */
export type ApiServices =
  | StoreServices
  | Stockbook.Stockbook
  | Accounts
  | Authentication
  | Authorization
  | EnvelopeAuthorization
  | Identification

/** A path and method that is answered, and by what. */
export interface Route {
  readonly method: HttpMethod
  readonly path: HttpRouter.PathInput
  readonly endpoint: HttpApiEndpoint.Top
  /** How its API words errors. */
  readonly shape: ErrorShape
}

/** One of the documented APIs, ready to be served. */
export interface DocumentedApi<Name extends string = string> {
  /** In the address of its OpenAPI document: `/openapi/{name}.json`. */
  readonly name: Name
  readonly routes: ReadonlyArray<Route>
  readonly layer: Layer.Layer<
    never,
    never,
    ApiServices | HttpRouter.HttpRouter | Etag.Generator | FileSystem | HttpPlatform.HttpPlatform | Path
  >
  readonly openapi: () => OpenApi.OpenAPISpec
  readonly shape: ErrorShape
  /** The paths whose errors are worded by this API; the longest prefix that fits wins. */
  readonly prefix: string
  readonly documents: DocumentPaths
}

/** Where an API's own document and its pages are, beside `/openapi/{name}.json`. */
export interface DocumentPaths {
  readonly openapi?: `/${string}` | undefined
  readonly swagger?: `/${string}` | undefined
  readonly redoc?: `/${string}` | undefined
}

/** Joins a declaration and its handlers. Throws if a guarded endpoint does not say what its user must be able to do. */
export const documented = <
  const Name extends string,
  Id extends string,
  Groups extends HttpApiGroup.Constraint
>(options: {
  readonly name: Name
  readonly prefix: string
  readonly shape: ErrorShape
  readonly api: HttpApi.HttpApi<Id, Groups>
  readonly handlers: Layer.Layer<HttpApiGroup.ToService<Id, Groups>, never, ApiServices>
  readonly documents?: DocumentPaths | undefined
}): DocumentedApi<Name> => {
  const routes: Array<Route> = []
  HttpApi.reflect(options.api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint }) => {
      compileSchemas(endpoint)
      routes.push(routeTo(endpoint, options.shape))
    }
  })
  return {
    name: options.name,
    prefix: options.prefix,
    shape: options.shape,
    documents: options.documents ?? {},
    routes,
    layer: HttpApiBuilder.layer(options.api).pipe(Layer.provide(options.handlers)),
    openapi: () => OpenApi.fromApi(options.api)
  }
}

/** Declarations write their paths from the root; the type of a reflected one has forgotten it. */
const routeTo = (endpoint: HttpApiEndpoint.Top, shape: ErrorShape): Route => {
  const path: HttpRouter.PathInput = `/${endpoint.path.replace(/^\//, "")}`
  const guarded = isAuthorized(endpoint)
  if (guarded !== (Context.getOrUndefined(endpoint.annotations, RequiredAbility) !== undefined)) {
    throw new Error(`${endpoint.method} ${path} must have both Authorization and a RequiredAbility, or neither`)
  }
  return { method: endpoint.method, path, endpoint, shape }
}
