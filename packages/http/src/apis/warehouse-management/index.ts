import { detailShape } from "../../problems/ErrorShape.ts"
import { documented } from "../DocumentedApi.ts"
import { authHandlers } from "./authHandlers.ts"
import { WarehouseManagement } from "./WarehouseManagement.ts"

export const warehouseManagement = documented({
  name: "warehouse-management",
  prefix: "/api/v1",
  shape: detailShape,
  api: WarehouseManagement,
  handlers: authHandlers
})
