import { MemoryStore } from "@stockbook/core"
import { warehouseManagement } from "./warehouseManagement.ts"

warehouseManagement("the store in memory", () => MemoryStore.layer)
