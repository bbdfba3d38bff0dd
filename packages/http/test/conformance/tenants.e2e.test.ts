import { MemoryStore } from "@stockbook/core"
import { tenants } from "./tenants.ts"

tenants("the store in memory", () => MemoryStore.layer, { carriedOut: true })
