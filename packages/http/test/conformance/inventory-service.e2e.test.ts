import { MemoryStore } from "@stockbook/core"
import { inventoryService } from "./inventoryService.ts"

inventoryService("the store in memory", () => MemoryStore.layer)
