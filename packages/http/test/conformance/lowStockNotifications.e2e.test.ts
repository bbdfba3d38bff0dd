import { MemoryStore } from "@stockbook/core"
import { lowStockNotifications } from "./lowStockNotifications.ts"

lowStockNotifications("the store in memory", () => MemoryStore.layer)
