import type { HoldLine } from "../stock/Hold.ts"
import type { Pick } from "./pick.ts"

/** A line of a new hold: what was picked, softly held. */
export const heldLine = ({ leaf, quantity }: Pick, line: number): HoldLine => ({
  item: leaf.key.item,
  variation: leaf.key.variation,
  batch: leaf.key.batch,
  location: leaf.key.location,
  line,
  held: quantity,
  reserved: quantity,
  committed: 0,
  fulfilled: 0,
  released: 0,
  expired: 0
})
