import { FindMyWay } from "effect/http"
import type { Route } from "../apis/DocumentedApi.ts"

/** What is served where. Asked only about requests that went wrong. */
export interface RouteTable {
  /** Which methods a path answers to. */
  readonly methodsAt: (url: string) => ReadonlyArray<string>
  readonly find: (method: string, url: string) => FindMyWay.FindResult<Route> | undefined
}

/** How paths are matched, by the router and by this table alike. */
export const matching = { ignoreTrailingSlash: true, maxParamLength: 1024 } as const

export const routeTable = (routes: ReadonlyArray<Route>): RouteTable => {
  const router = FindMyWay.make<Route>(matching)
  for (const route of routes) router.on(route.method, route.path, route)
  const methods = [...new Set(routes.map((route) => route.method))].sort()
  return {
    find: (method, url) => router.find(method === "HEAD" ? "GET" : method, url),
    methodsAt: (url) => {
      const found = methods.filter((method) => router.find(method, url) !== undefined)
      if (found.length === 0) return found
      return [...found, ...(found.includes("GET") ? ["HEAD"] : []), "OPTIONS"]
    }
  }
}
