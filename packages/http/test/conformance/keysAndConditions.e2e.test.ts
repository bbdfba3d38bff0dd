import { MemoryStore } from "@stockbook/core"
import { keysAndConditions } from "./keysAndConditions.ts"

keysAndConditions("the store in memory", () => MemoryStore.layer)
