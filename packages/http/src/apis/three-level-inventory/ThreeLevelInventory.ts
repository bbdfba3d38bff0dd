import { HttpApi, OpenApi } from "effect/http-api"
import { decoding } from "../decoding.ts"
import { AuthGroup } from "./Auth.ts"
import { BatchesGroup } from "./Batches.ts"
import { InventoriesGroup } from "./Inventories.ts"
import { StockGroup } from "./Stock.ts"
import { TermsGroup } from "./Terms.ts"
import { VariationsGroup } from "./Variations.ts"

/** API B: inventory items, their variations and batches, and stock at all three levels, at `/api`. */
export const ThreeLevelInventory = HttpApi.make("three-level-inventory")
  .add(AuthGroup, InventoriesGroup, VariationsGroup, BatchesGroup, StockGroup, TermsGroup)
  .annotateMerge(decoding)
  .annotateMerge(OpenApi.annotations({ title: "Three-level inventory", version: "1.0.0" }))
