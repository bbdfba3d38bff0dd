import type { Footprint } from "../../src/rules/Footprint.ts"
import type { Changes, Guard, Loaded } from "../../src/store/StockDriver.ts"

/** One thing that a simulation's store carried out, and all that another store needs to carry it out as well. */
export type Played =
  | {
      readonly kind: "transact"
      /** The store's time, epoch milliseconds. */
      readonly now: number
      readonly footprint: Footprint
      readonly fold: (loaded: Loaded) => Changes | null
      readonly loaded: Loaded
      readonly changes: Changes | null
    }
  | {
      readonly kind: "guarded"
      readonly now: number
      readonly changes: Changes
      readonly guard: Guard
      readonly stored: boolean
    }
