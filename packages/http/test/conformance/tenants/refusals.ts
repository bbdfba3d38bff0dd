import type { Slot } from "./requests.ts"

type Statuses = Partial<Record<Slot["place"], number>>

/**
 * How an API says that there is no such thing, by where the id stood that is another organization's: by the first line
 * that an endpoint starts with. A filter finds nothing: an empty page, or what the API answers to that.
 */
const statuses: ReadonlyArray<readonly [start: string, statuses: Statuses]> = [
  ["POST /inventory/bulk-update", { body: 409 }],
  ["/inventory", { params: 404 }],
  // Its stock calls answer what is not there as documented: 500, "Failed to add stock".
  ["/api/inventory/", { params: 403, query: 404, body: 500 }],
  ["/api/inventor", { params: 403, query: 200, body: 422 }],
  ["POST /api/v1/inventory/release", { body: 400 }],
  ["POST /api/v1/inventory/", { body: 404 }],
  ["POST /api/v1/inventory", { body: 400 }],
  ["/api/v1/inventory", { params: 404, query: 200 }],
  ["/api/v1", { params: 404, query: 200, body: 400 }],
  ["/products", { params: 400, query: 400, body: 400 }],
  ["/categories", { params: 404 }],
  ["/customers", { params: 404, body: 400 }],
  ["/suppliers", { params: 404, body: 400 }],
  ["/overview", { params: 404, query: 200 }],
  ["/", { params: 404, query: 404, body: 404 }]
]

/** The status of what an endpoint answers to an id of another organization's. */
export const refusalOf = (method: string, path: string, { place }: Slot): number => {
  const [, expected] = statuses.find(([start]) => `${method} ${path}`.startsWith(start) || path.startsWith(start)) ?? []
  const status = expected?.[place]
  if (status === undefined) throw new Error(`${method} ${path}: no word for another organization's id in its ${place}`)
  return status
}
