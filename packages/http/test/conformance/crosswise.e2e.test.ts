import { MemoryStore } from "@stockbook/core"
import { crosswise } from "./crosswise.ts"

crosswise("the store in memory", () => MemoryStore.layer)
