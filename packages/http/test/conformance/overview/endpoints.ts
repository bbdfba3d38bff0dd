import type { Endpoint } from "../world.ts"

/** Every endpoint of the overview. */
export const endpoints: ReadonlyArray<Endpoint> = [
  { method: "GET", path: "/overview/stock", ability: "read stock" },
  { method: "GET", path: "/overview/products/9999/history", ability: "read stock" },
  { method: "GET", path: "/overview/holds", ability: "read orders" },
  { method: "GET", path: "/overview/events", ability: "read orders" }
]
