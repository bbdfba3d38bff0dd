import { FindMyWay } from "effect/http"
import type { Route } from "../apis/DocumentedApi.ts"

/** Which methods a path answers to. Asked only when no route matched. */
export interface RouteTable {
  readonly methodsAt: (url: string) => ReadonlyArray<string>
}

/** How paths are matched, by the router and by this table alike. */
export const matching = { ignoreTrailingSlash: true, maxParamLength: 1024 } as const

export const routeTable = (routes: ReadonlyArray<Route>): RouteTable => {
  const router = FindMyWay.make<true>(matching)
  for (const { method, path } of routes) router.on(method, path, true)
  const methods = [...new Set(routes.map((route) => route.method))].sort()
  return {
    methodsAt: (url) => {
      const found = methods.filter((method) => router.find(method, url) !== undefined)
      return found.includes("GET") ? [...found, "HEAD"] : found
    }
  }
}
