import type { Flow } from "../Ask.ts"
import { inventoryAdmin } from "./inventoryAdmin.ts"
import { inventoryFlow } from "./inventoryFlow.ts"
import { inventoryService } from "./inventoryService.ts"
import { threeLevelInventory } from "./threeLevelInventory.ts"
import { warehouseManagement } from "./warehouseManagement.ts"

/** A flow for each API. */
export const flows: ReadonlyArray<Flow> = [
  inventoryAdmin,
  threeLevelInventory,
  inventoryService,
  warehouseManagement,
  inventoryFlow
]
