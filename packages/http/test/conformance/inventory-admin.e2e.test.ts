import { MemoryStore } from "@stockbook/core"
import { inventoryAdmin } from "./inventoryAdmin.ts"

inventoryAdmin("the store in memory", () => MemoryStore.layer)
