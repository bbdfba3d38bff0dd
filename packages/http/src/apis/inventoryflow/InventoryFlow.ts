import { HttpApi, OpenApi } from "effect/http-api"
import { decoding } from "../decoding.ts"
import { AuthGroup } from "./Auth.ts"
import { CategoriesGroup } from "./Categories.ts"
import { HealthGroup } from "./Health.ts"
import { ProductsGroup } from "./Products.ts"

/** API E: products, categories, stock entries, orders, customers and suppliers, at `/`. */
export const InventoryFlow = HttpApi.make("inventoryflow")
  .add(HealthGroup, AuthGroup, CategoriesGroup, ProductsGroup)
  .annotateMerge(decoding)
  .annotateMerge(OpenApi.annotations({ title: "InventoryFlow", version: "1.0.0" }))
