import type { OpenApi } from "effect/http-api"
import { type RequestHandler, Router } from "express"
import type { DocumentedApi } from "../apis/DocumentedApi.ts"
import { compressed } from "../exchange/encoded.ts"
import { detailShape } from "../problems/ErrorShape.ts"
import { serveAsset } from "./assets.ts"
import { documentOf, merged } from "./merged.ts"
import { redocPage, swaggerPage } from "./pages.ts"

/** The OpenAPI documents of these APIs, and the pages that show them. */
export const documents = (apis: ReadonlyArray<DocumentedApi>, isServed?: (path: string) => boolean): Router => {
  const router = Router()
  const serve = (path: string, handler: RequestHandler) => router.get(path, compressed, handler).all(path, readOnly)
  serve(
    "/openapi.json",
    serveOpenApi(() => merged(apis.map((api) => documentOf(api, isServed))))
  )
  serve("/docs", swaggerPage("/openapi.json"))
  serve("/redoc", redocPage("/openapi.json"))
  router.get("/docs/assets/:file", compressed, serveAsset)
  for (const api of apis) {
    const { openapi, swagger, redoc } = api.documents
    const own = `/openapi/${api.name}.json`
    const handler = serveOpenApi(() => documentOf(api, isServed))
    serve(own, handler)
    if (openapi !== undefined) serve(openapi, handler)
    if (swagger !== undefined) serve(swagger, swaggerPage(openapi ?? own))
    if (redoc !== undefined) serve(redoc, redocPage(openapi ?? own))
  }
  return router
}

/** Serves an OpenAPI document, with the router's mount path as its server; made when first asked for. */
const serveOpenApi = (make: () => OpenApi.OpenAPISpec): RequestHandler => {
  let spec: OpenApi.OpenAPISpec | undefined
  return (request, response) => {
    spec ??= make()
    response.json({ ...spec, servers: [{ url: request.baseUrl === "" ? "/" : request.baseUrl }] })
  }
}

const readOnly: RequestHandler = (request, response) => {
  response.setHeader("Allow", "GET, HEAD, OPTIONS")
  if (request.method === "OPTIONS") response.status(204).end()
  else response.status(405).json(detailShape.problem("Method Not Allowed"))
}
