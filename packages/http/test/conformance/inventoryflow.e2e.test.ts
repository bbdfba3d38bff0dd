import { MemoryStore } from "@stockbook/core"
import { inventoryFlow } from "./inventoryFlow.ts"

inventoryFlow("the store in memory", () => MemoryStore.layer)
