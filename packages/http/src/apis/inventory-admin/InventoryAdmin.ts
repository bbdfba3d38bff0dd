import { HttpApi, OpenApi } from "effect/http-api"
import { decoding } from "../decoding.ts"
import { InventoryGroup } from "./Inventory.ts"

/** API A: the stock of every product, for admins, at `/inventory`. */
export const InventoryAdmin = HttpApi.make("inventory-admin")
  .add(InventoryGroup)
  .annotateMerge(decoding)
  .annotateMerge(OpenApi.annotations({ title: "Inventory administration", version: "1.0.0" }))
