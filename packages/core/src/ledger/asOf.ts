import { leafName } from "../rules/State.ts"
import type { Account } from "../stock/Account.ts"
import type { Balance } from "../stock/Levels.ts"
import type { Movement } from "../stock/Movement.ts"

type Draft = { -readonly [K in keyof Balance]: Balance[K] }

/** The balances of one item's leaves that its movements add up to, in any order. Empty leaves are left out. */
export const replay = (movements: Iterable<Movement>): ReadonlyArray<Balance> => {
  const leaves = new Map<string, Draft>()
  const post = (movement: Movement, account: Account, quantity: number) => {
    if (typeof account === "string") return
    const { location, variation, batch } = account
    const name = leafName(location, variation, batch)
    let leaf = leaves.get(name)
    if (leaf === undefined) {
      leaf = {
        item: movement.item,
        variation,
        batch,
        location,
        available: 0,
        reserved: 0,
        committed: 0,
        quarantined: 0
      }
      leaves.set(name, leaf)
    }
    leaf[account.state] += quantity
  }
  for (const movement of movements) {
    post(movement, movement.from, -movement.quantity)
    post(movement, movement.to, movement.quantity)
  }
  return Array.from(leaves.values()).filter(
    (leaf) => leaf.available !== 0 || leaf.reserved !== 0 || leaf.committed !== 0 || leaf.quarantined !== 0
  )
}
