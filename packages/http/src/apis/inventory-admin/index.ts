import { detailShape } from "../../problems/ErrorShape.ts"
import { documented } from "../DocumentedApi.ts"
import { InventoryAdmin } from "./InventoryAdmin.ts"
import { inventoryHandlers } from "./inventoryHandlers.ts"

export const inventoryAdmin = documented({
  name: "inventory-admin",
  prefix: "/inventory",
  shape: detailShape,
  api: InventoryAdmin,
  handlers: inventoryHandlers
})
