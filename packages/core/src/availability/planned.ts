import { Result } from "effect"
import type { OrganizationId } from "../catalog/Organization.ts"
import { checkPlaces } from "../rules/guard.ts"
import { pick } from "../rules/pick.ts"
import type { StockState } from "../rules/State.ts"
import type { Line } from "../stock/Command.ts"
import { Quantity } from "../stock/Quantity.ts"
import type { Rejection } from "../stock/Rejection.ts"
import type { StockKey } from "../stock/StockKey.ts"

/** So many units at a leaf. */
export interface PlannedPick extends StockKey {
  readonly quantity: number
}

/** What a line could have, beside the lines before it. Units. */
export interface PlannedLine {
  readonly requested: number
  readonly available: number
  readonly short: number
  /** From where it would come, in the order it would be picked. */
  readonly picks: ReadonlyArray<PlannedPick>
}

/** What a reservation or issue of these lines would pick now. */
export const planned = (
  state: StockState,
  organization: OrganizationId,
  lines: ReadonlyArray<Line>
): Result.Result<ReadonlyArray<PlannedLine>, Rejection> =>
  Result.map(checkPlaces(state, organization, lines), (defaultLocation) =>
    pick(state, lines, defaultLocation).map(({ found, picks }, index) => {
      const requested = lines[index]?.quantity ?? 0
      return {
        requested,
        available: found,
        short: requested - found,
        picks: picks.map(({ leaf, quantity }) => ({ ...leaf.key, quantity }))
      }
    })
  )

/**
 * How many times all of `lines` could be had together: what the scarcest allows, and fewer where lines draw on the same
 * stock. By halving between none and that.
 */
export const timesOver = (
  state: StockState,
  organization: OrganizationId,
  lines: ReadonlyArray<Line>
): Result.Result<number, Rejection> =>
  Result.map(checkPlaces(state, organization, lines), (defaultLocation) => {
    const found = (wanted: ReadonlyArray<Line>) => pick(state, wanted, defaultLocation).map((plan) => plan.found)
    const scaled = (line: Line, quantity: number): Line => ({
      ...line,
      quantity: Quantity.make(quantity, { disableChecks: true })
    })
    const alone = lines.map((line) => {
      const [all = 0] = found([scaled(line, Number.MAX_SAFE_INTEGER)])
      return Math.floor(all / line.quantity)
    })
    let most = lines.length === 0 ? 0 : Math.min(...alone)
    let least = 0
    for (let times = most; least < most; times = Math.ceil((least + most) / 2)) {
      const wanted = lines.map((line) => scaled(line, line.quantity * times))
      if (found(wanted).every((units, index) => units === wanted[index]?.quantity)) least = times
      else most = times - 1
    }
    return least
  })
