import { HttpApi, OpenApi } from "effect/http-api"
import { System, system } from "../system/System.ts"
import type { DocumentedApi } from "./DocumentedApi.ts"
import { InventoryService } from "./inventory-service/InventoryService.ts"
import { inventoryService } from "./inventory-service/index.ts"
import { InventoryFlow } from "./inventoryflow/InventoryFlow.ts"
import { inventoryFlow } from "./inventoryflow/index.ts"
import { warehouseManagement } from "./warehouse-management/index.ts"
import { WarehouseManagement } from "./warehouse-management/WarehouseManagement.ts"

/** Every API the router serves. */
export const apis: ReadonlyArray<DocumentedApi> = [system, inventoryService, warehouseManagement, inventoryFlow]

const Whole = HttpApi.make("stockbook")
  .addHttpApi(System)
  .addHttpApi(InventoryService)
  .addHttpApi(WarehouseManagement)
  .addHttpApi(InventoryFlow)
  .annotateMerge(OpenApi.annotations({ title: "Stockbook", version: "1.0.0" }))

/** All of them as one document, for `/openapi.json`. */
export const wholeOpenApi = (): OpenApi.OpenAPISpec => OpenApi.fromApi(Whole)
