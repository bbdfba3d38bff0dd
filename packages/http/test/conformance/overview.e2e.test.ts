import { MemoryStore } from "@stockbook/core"
import { overview } from "./overview.ts"

overview("the store in memory", () => MemoryStore.layer)
