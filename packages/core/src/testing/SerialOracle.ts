import type { Account } from "../stock/Account.ts"
import type { Movement } from "../stock/Movement.ts"

/** A promise about units that are known one by one that the library broke. */
class BrokenSerial extends Error {}

/** Where each unit is, from the movements alone: in one place or out, and moved from nowhere but where it is. */
export class SerialOracle {
  readonly #places = new Map<string, string>()

  /** Takes the units of a movement along. */
  post({ id, item, quantity, from, to, details }: Movement): void {
    const serials = details?.serials
    if (serials === undefined) return
    if (new Set(serials).size !== quantity) throw new BrokenSerial(`Movement ${id} of ${quantity} moves ${serials}`)
    for (const serial of serials) {
      const unit = `${item}/${serial}`
      const place = this.#places.get(unit) ?? out
      if (placeOf(from) !== place) throw new BrokenSerial(`Movement ${id} takes ${unit}, which is ${place}`)
      this.#places.set(unit, placeOf(to))
    }
  }

  /** Units of an item that are somewhere. */
  count(item: number): number {
    let units = 0
    for (const [unit, place] of this.#places) if (unit.startsWith(`${item}/`) && place !== out) units += 1
    return units
  }
}

const out = "out"

const placeOf = (account: Account): string =>
  typeof account === "string"
    ? out
    : `${account.state}@${account.location}/${account.variation ?? ""}/${account.batch ?? ""}`
