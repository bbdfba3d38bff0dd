import type { StockKey } from "./StockKey.ts"

/** Units per state, each a safe integer of the item's smallest unit. */
export interface Levels {
  readonly available: number
  readonly reserved: number
  readonly committed: number
  readonly quarantined: number
}

export const noLevels: Levels = { available: 0, reserved: 0, committed: 0, quarantined: 0 }

/** available + reserved + committed + quarantined. */
export const onHand = (levels: Levels): number =>
  levels.available + levels.reserved + levels.committed + levels.quarantined

export const addLevels = (a: Levels, b: Levels): Levels => ({
  available: a.available + b.available,
  reserved: a.reserved + b.reserved,
  committed: a.committed + b.committed,
  quarantined: a.quarantined + b.quarantined
})

/** What lies at one leaf. */
export interface Balance extends StockKey, Levels {}
