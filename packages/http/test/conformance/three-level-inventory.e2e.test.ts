import { MemoryStore } from "@stockbook/core"
import { threeLevelInventory } from "./threeLevelInventory.ts"

threeLevelInventory("the store in memory", () => MemoryStore.layer)
