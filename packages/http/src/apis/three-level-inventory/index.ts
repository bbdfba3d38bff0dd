import { Layer } from "effect"
import { envelopeShape } from "../../problems/envelopeShape.ts"
import { documented } from "../DocumentedApi.ts"
import { authHandlers } from "./authHandlers.ts"
import { batchHandlers } from "./batchHandlers.ts"
import { inventoryHandlers } from "./inventoryHandlers.ts"
import { stockHandlers } from "./stockHandlers.ts"
import { ThreeLevelInventory } from "./ThreeLevelInventory.ts"
import { termHandlers } from "./termHandlers.ts"
import { variationHandlers } from "./variationHandlers.ts"

export const threeLevelInventory = documented({
  name: "three-level-inventory",
  prefix: "/api",
  shape: envelopeShape,
  api: ThreeLevelInventory,
  handlers: Layer.mergeAll(
    authHandlers,
    inventoryHandlers,
    variationHandlers,
    batchHandlers,
    stockHandlers,
    termHandlers
  )
})
