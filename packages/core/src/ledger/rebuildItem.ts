import { leafName } from "../rules/State.ts"
import { stockStates } from "../stock/Account.ts"
import { addLevels, type Balance, type Levels, noLevels } from "../stock/Levels.ts"
import type { BalanceRow, StockRow } from "../store/StockDriver.ts"
import { replay } from "./asOf.ts"
import type { Everything } from "./verifyItem.ts"

/** The rows of an item's projections that are not what its ledger says, as they should be. */
export interface RebuiltItem {
  readonly stock: StockRow
  readonly balances: ReadonlyArray<BalanceRow>
}

/**
 * An item's balances and totals as the fold of its movements; `null` when that is what is stored, or when the ledger
 * itself adds up to less than a floor, which no row may say.
 */
export const rebuildItem = ({ stock, balances, movements }: Everything): RebuiltItem | null => {
  const folded = replay(movements)
  const floorOf = (state: keyof Levels) => (state === "available" ? -stock.negativeLimit : 0)
  const total = folded.reduce<Levels>(addLevels, noLevels)
  const isBelow = (levels: Levels) => stockStates.some((state) => levels[state] < floorOf(state))
  if (isBelow(total) || folded.some(isBelow)) return null

  const { organization, negativeLimit } = stock
  const stored = new Map(balances.map((leaf) => [nameOf(leaf), leaf]))
  const right = new Map<string, Balance>(folded.map((leaf) => [nameOf(leaf), leaf]))
  for (const [name, leaf] of stored) if (!right.has(name)) right.set(name, { ...leaf, ...noLevels })
  const wrong = Array.from(right).flatMap(([name, leaf]): ReadonlyArray<BalanceRow> => {
    const before = stored.get(name) ?? noLevels
    return isSame(before, leaf)
      ? []
      : [{ ...leaf, organization, negativeLimit: stored.get(name)?.negativeLimit ?? negativeLimit }]
  })
  return wrong.length === 0 && isSame(stock, total) ? null : { stock: { ...stock, ...total }, balances: wrong }
}

const isSame = (one: Levels, other: Levels): boolean => stockStates.every((state) => one[state] === other[state])

const nameOf = ({ location, variation, batch }: Balance): string => leafName(location, variation, batch)
