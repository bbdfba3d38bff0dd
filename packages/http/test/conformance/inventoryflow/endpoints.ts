import type { Endpoint } from "../world.ts"

/** An id that nothing has; by the guard's own convention it stands for an id in a path. */
const NONE = 9999

const wrongProduct = { name: "", description: 5, price: -1, category_id: 0 }
const wrongFields = ["body.name", "body.description", "body.price", "body.category_id"]

/** Every endpoint of API E behind a token. */
export const endpoints: ReadonlyArray<Endpoint> = [
  {
    method: "POST",
    path: "/categories/create",
    body: { name: "Guarded" },
    ability: "administer",
    malformed: [{ name: "", description: 5 }, ["body.name", "body.description"]]
  },
  { method: "GET", path: "/categories/", ability: "read catalogue" },
  { method: "GET", path: `/categories/${NONE}`, ability: "read catalogue" },
  {
    method: "PUT",
    path: `/categories/${NONE}`,
    body: { name: "New" },
    ability: "administer",
    malformed: [{ name: "", description: 5 }, ["body.name", "body.description"]]
  },
  { method: "DELETE", path: `/categories/${NONE}`, ability: "administer" },
  {
    method: "POST",
    path: "/products/create",
    body: { name: "Guarded", category_id: NONE },
    ability: "administer",
    malformed: [wrongProduct, wrongFields]
  },
  { method: "GET", path: "/products/", ability: "read catalogue" },
  { method: "GET", path: `/products/${NONE}`, missing: 400, ability: "read catalogue" },
  {
    method: "PUT",
    path: `/products/${NONE}`,
    missing: 400,
    body: { name: "New" },
    ability: "administer",
    malformed: [wrongProduct, wrongFields]
  },
  { method: "DELETE", path: `/products/${NONE}`, missing: 400, ability: "administer" }
]
