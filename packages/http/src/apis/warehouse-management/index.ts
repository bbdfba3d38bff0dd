import { Layer } from "effect"
import { detailShape } from "../../problems/ErrorShape.ts"
import { documented } from "../DocumentedApi.ts"
import { authHandlers } from "./authHandlers.ts"
import { movementHandlers } from "./movementHandlers.ts"
import { productHandlers } from "./productHandlers.ts"
import { transferHandlers } from "./transferHandlers.ts"
import { WarehouseManagement } from "./WarehouseManagement.ts"
import { warehouseHandlers } from "./warehouseHandlers.ts"

export const warehouseManagement = documented({
  name: "warehouse-management",
  prefix: "/api/v1",
  shape: detailShape,
  api: WarehouseManagement,
  handlers: Layer.mergeAll(authHandlers, productHandlers, warehouseHandlers, movementHandlers, transferHandlers)
})
