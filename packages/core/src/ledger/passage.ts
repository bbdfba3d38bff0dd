import type { LocationId } from "../catalog/Location.ts"
import type { Account } from "../stock/Account.ts"
import type { Movement } from "../stock/Movement.ts"

/**
 * How a movement changed what is on hand at a location: it was `supplied` by a supplier, `returned` by a customer,
 * `sold` to one, `lost`, `corrected` by an adjustment (or by taking back what was supplied or lost), or `departed` for
 * transit and `arrived` from there.
 */
export const passages = ["supplied", "returned", "sold", "lost", "corrected", "departed", "arrived"] as const
export type Passage = (typeof passages)[number]

/** The passage of a movement, by where its organization's stock is in transit; `null` of one within a location. */
export const passageOf = ({ from, to }: Pick<Movement, "from" | "to">, transit: LocationId): Passage | null => {
  if (typeof from === "string") return from === "supplier" ? "supplied" : from === "customer" ? "returned" : "corrected"
  if (typeof to === "string") return to === "customer" ? "sold" : to === "loss" ? "lost" : "corrected"
  if (from.location === to.location) return null
  return from.location === transit ? "arrived" : "departed"
}

/** Where the passage of a movement was: for one between locations, the end that is not in transit. */
export const locationOf = ({ from, to }: Pick<Movement, "from" | "to">, transit: LocationId): LocationId => {
  const ends = [from, to].flatMap((end: Account) => (typeof end === "string" ? [] : [end.location]))
  const [place] = [...ends.filter((location) => location !== transit), ...ends]
  if (place === undefined) throw new TypeError("A movement has at least one end inside")
  return place
}
