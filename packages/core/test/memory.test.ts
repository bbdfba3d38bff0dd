import * as MemoryStore from "../src/store/memory/MemoryStore.ts"
import { suite } from "../src/testing/index.ts"

suite("memory", MemoryStore.layer, { histories: Number(process.env["STOCKBOOK_HISTORIES"] ?? 500) })
