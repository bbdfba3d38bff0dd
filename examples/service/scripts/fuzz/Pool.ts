import { Predicate } from "effect"
import type { Kind } from "../../../../packages/http/test/conformance/tenants/belongings.ts"
import { kindOf } from "../../../../packages/http/test/conformance/tenants/requests.ts"
import type { Chance } from "./Chance.ts"

/** What the paths make that answer 201. */
const madeBy: Readonly<Record<string, Kind>> = {
  "/api/inventories": "item",
  "/api/inventory-variations": "variation",
  "/api/inventory-batches": "batch",
  "/api/inventory_units": "unit",
  "/api/inventory_categories": "category",
  "/api/inventory_brands": "brand",
  "/api/v1/products": "item",
  "/api/v1/warehouses": "location",
  "/api/v1/stock-transfers": "transfer",
  "/categories/create": "category",
  "/products/create": "item",
  "/customers": "customer",
  "/suppliers": "supplier",
  "/incoming": "incoming",
  "/outgoing": "outgoing"
}

/** So many of each kind are remembered: the first ones, which are used again and again, and the latest. */
const remembered = 40

/** The ids of things there are, learned from answers. */
export class Pool {
  readonly #ids = new Map<Kind, Array<number>>()

  /** Learns what a request made, and the stock entries a list shows. */
  learn(path: string, status: number, json: unknown): void {
    if (status === 200 && path === "/stocks" && Array.isArray(json)) {
      for (const each of json) this.#add("batch", Object(each)["id"])
    }
    const kind = madeBy[path]
    if (status !== 201 || kind === undefined) return
    const body: unknown = Object(json)
    this.#add(kind, Predicate.hasProperty(body, "data") ? Object(body.data)["id"] : Object(body)["id"])
  }

  #add(kind: Kind, id: unknown): void {
    if (typeof id !== "number") return
    const ids = this.#ids.get(kind) ?? []
    if (ids.includes(id)) return
    if (ids.length === remembered) ids.splice(remembered / 2, 1)
    this.#ids.set(kind, [...ids, id])
  }

  /** An id for a field, mostly of a thing that there is; `undefined` for a field that is no id. */
  idFor(chance: Chance, path: string, name: string): number | string | undefined {
    const kind = kindIn(path, name)
    if (kind === null) return undefined
    if (kind === "order") return `ORD-${chance.int(1, 30)}`
    if (kind === "user") return chance.int(1, 6)
    return chance.happens(0.1) ? chance.int(0, 60) : (chance.any(this.#ids.get(kind) ?? []) ?? chance.int(1, 20))
  }
}

const kindIn = (path: string, name: string): Kind | null =>
  // An order is named by whoever reserves for it.
  name === "order_id" ? "order" : kindOf(path, name)
