import { Layer } from "effect"
import { detailShape } from "../../problems/ErrorShape.ts"
import { documented } from "../DocumentedApi.ts"
import { authHandlers } from "./authHandlers.ts"
import { categoryHandlers } from "./categoryHandlers.ts"
import { customerHandlers } from "./customerHandlers.ts"
import { dashboardHandlers } from "./dashboardHandlers.ts"
import { healthHandlers } from "./healthHandlers.ts"
import { InventoryFlow } from "./InventoryFlow.ts"
import { incomingHandlers } from "./incomingHandlers.ts"
import { outgoingHandlers } from "./outgoingHandlers.ts"
import { productHandlers } from "./productHandlers.ts"
import { stockHandlers } from "./stockHandlers.ts"
import { supplierHandlers } from "./supplierHandlers.ts"

export const inventoryFlow = documented({
  name: "inventoryflow",
  prefix: "",
  shape: detailShape,
  api: InventoryFlow,
  handlers: Layer.mergeAll(
    healthHandlers,
    authHandlers,
    categoryHandlers,
    productHandlers,
    customerHandlers,
    supplierHandlers,
    stockHandlers,
    incomingHandlers,
    outgoingHandlers,
    dashboardHandlers
  )
})
