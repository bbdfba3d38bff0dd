import { Layer } from "effect"
import { detailShape } from "../../problems/ErrorShape.ts"
import { documented } from "../DocumentedApi.ts"
import { InventoryService } from "./InventoryService.ts"
import { inventoryHandlers } from "./inventoryHandlers.ts"
import { reservationHandlers } from "./reservationHandlers.ts"

export const inventoryService = documented({
  name: "inventory-service",
  prefix: "/api/v1/inventory",
  shape: detailShape,
  api: InventoryService,
  handlers: Layer.mergeAll(inventoryHandlers, reservationHandlers),
  documents: { openapi: "/api/v1/openapi.json", swagger: "/api/v1/docs", redoc: "/api/v1/redoc" }
})
