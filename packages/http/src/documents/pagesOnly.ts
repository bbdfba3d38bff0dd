import type { RequestHandler, Router } from "express"

/** A word of this is in every path of a page; of the APIs' own, in few if any. */
const PAGE = /openapi|docs|redoc|console|metrics/i

/** Routers of pages, which have many paths, and are not to compare each request to an API with all of them. */
export const pagesOnly =
  (pages: Router): RequestHandler =>
  (request, response, next) =>
    PAGE.test(request.path) ? pages(request, response, next) : next()
