import type { Flow } from "../Ask.ts"
import { inventoryFlow } from "./inventoryFlow.ts"
import { inventoryService } from "./inventoryService.ts"
import { threeLevelInventory } from "./threeLevelInventory.ts"
import { warehouseManagement } from "./warehouseManagement.ts"

/** A flow for each API. */
export const flows: ReadonlyArray<Flow> = [threeLevelInventory, inventoryService, warehouseManagement, inventoryFlow]
