import { Router } from "express"
import { apis, wholeOpenApi } from "../apis/index.ts"
import { serveAsset } from "./assets.ts"
import { serveOpenApi } from "./openapi.ts"
import { redocPage, swaggerPage } from "./pages.ts"

/** The OpenAPI documents, and the pages that show them. */
export const documents = (): Router => {
  const router = Router()
  router.get(
    "/openapi.json",
    serveOpenApi(
      wholeOpenApi,
      apis.flatMap(({ routes }) => routes)
    )
  )
  router.get("/docs", swaggerPage("/openapi.json"))
  router.get("/redoc", redocPage("/openapi.json"))
  router.get("/docs/assets/:file", serveAsset)
  for (const api of apis) {
    const at = api.documents
    const openapi = at.openapi ?? `/openapi/${api.name}.json`
    router.get([openapi, `/openapi/${api.name}.json`], serveOpenApi(api.openapi, api.routes))
    if (at.swagger !== undefined) router.get(at.swagger, swaggerPage(openapi))
    if (at.redoc !== undefined) router.get(at.redoc, redocPage(openapi))
  }
  return router
}
