import { Layer } from "effect"
import { detailShape } from "../../problems/ErrorShape.ts"
import { documented } from "../DocumentedApi.ts"
import { authHandlers } from "./authHandlers.ts"
import { categoryHandlers } from "./categoryHandlers.ts"
import { healthHandlers } from "./healthHandlers.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { productHandlers } from "./productHandlers.ts"

export const inventoryFlow = documented({
  name: "inventoryflow",
  prefix: "",
  shape: detailShape,
  api: InventoryFlow,
  handlers: Layer.mergeAll(healthHandlers, authHandlers, categoryHandlers, productHandlers)
})
