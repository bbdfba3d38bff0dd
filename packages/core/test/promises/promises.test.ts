import { openStockbook } from "../../src/index.ts"
import { promiseSuite } from "../../src/testing/index.ts"

promiseSuite("Memory", openStockbook)
