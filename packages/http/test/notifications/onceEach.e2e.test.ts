import { MemoryStore } from "@stockbook/core"
import { onceEach } from "./onceEach.ts"

onceEach("the store in memory", () => MemoryStore.layer)
