import type { Command } from "../stock/Command.ts"
import { addLevels, type Levels, noLevels } from "../stock/Levels.ts"
import type { PartLevels } from "../stock/Outcome.ts"
import type { StockState } from "./State.ts"

type Part = Pick<PartLevels, "item" | "variation" | "batch">

/** The levels of the variations and batches that a command's lines name, each once, as they are now. Units. */
export const namedParts = (state: StockState, command: Command): ReadonlyArray<PartLevels> => {
  if (command._tag !== "Receive" && command._tag !== "Issue" && command._tag !== "Adjust") return []
  const parts: Array<PartLevels> = []
  const add = (part: Part) => {
    if (parts.some((each) => each.item === part.item && each.variation === part.variation && each.batch === part.batch))
      return
    parts.push({ ...part, ...levelsOf(state, part) })
  }
  for (const { item, variation = null, batch = null } of command.lines) {
    if (variation !== null) add({ item, variation, batch: null })
    if (batch !== null) add({ item, variation: null, batch })
  }
  return parts
}

const levelsOf = (state: StockState, { item, variation, batch }: Part): Levels => {
  let sum = noLevels
  for (const leaf of state.items.get(item)?.leaves.values() ?? []) {
    const { available, reserved, committed, quarantined } = leaf
    const within = batch === null ? leaf.key.variation === variation : leaf.key.batch === batch
    if (within) sum = addLevels(sum, { available, reserved, committed, quarantined })
  }
  return sum
}
