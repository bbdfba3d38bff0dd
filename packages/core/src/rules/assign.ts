/**
 * Shares cells of stock out among demands: `result[d][c]` units of cell `c` go to demand `d`. Demands are served in
 * order, each from the first cells that fit it, and each gets all that is possible without taking back what earlier
 * demands got in all; an earlier demand moves to other cells where that lets a later one be met. So nothing is refused
 * that some choice of cells could meet. (Augmenting paths, Ford and Fulkerson 1956, shortest first.)
 */
export const assign = (
  demands: ReadonlyArray<number>,
  cells: ReadonlyArray<number>,
  fits: (demand: number, cell: number) => boolean
): ReadonlyArray<ReadonlyArray<number>> => {
  const given = demands.map(() => cells.map(() => 0))
  const spare = [...cells]
  for (const [demand, wanted] of demands.entries()) {
    let missing = wanted
    while (missing > 0) {
      const moved = augment(given, spare, fits, demand, missing)
      if (moved === 0) break
      missing -= moved
    }
  }
  return given
}

/** How a search came to a cell: the demand that would take from it, and the cell that demand came from. */
interface Step {
  readonly cell: number
  readonly taker: number
  readonly before: Step | null
}

const augment = (
  given: ReadonlyArray<Array<number>>,
  spare: Array<number>,
  fits: (demand: number, cell: number) => boolean,
  demand: number,
  missing: number
): number => {
  const seen = new Set<number>()
  let frontier: Array<Step> = []
  const reach = (taker: number, before: Step | null, into: Array<Step>) => {
    for (let cell = 0; cell < spare.length; cell++) {
      if (!seen.has(cell) && fits(taker, cell)) {
        seen.add(cell)
        into.push({ cell, taker, before })
      }
    }
  }
  reach(demand, null, frontier)
  while (frontier.length > 0) {
    const next: Array<Step> = []
    for (const step of frontier) {
      const left = spare[step.cell] ?? 0
      if (left > 0) return shift(given, spare, step, Math.min(left, missing))
    }
    for (const step of frontier) {
      for (const [taker, row] of given.entries()) if ((row[step.cell] ?? 0) > 0) reach(taker, step, next)
    }
    frontier = next
  }
  return 0
}

/** Moves units along the path that ends at a cell with some to spare. */
const shift = (given: ReadonlyArray<Array<number>>, spare: Array<number>, end: Step, most: number): number => {
  let units = most
  for (let step = end; step.before !== null; step = step.before) {
    units = Math.min(units, given[step.taker]?.[step.before.cell] ?? 0)
  }
  spare[end.cell] = (spare[end.cell] ?? 0) - units
  for (let step: Step | null = end; step !== null; step = step.before) {
    const row = given[step.taker]
    if (row === undefined) continue
    row[step.cell] = (row[step.cell] ?? 0) + units
    if (step.before !== null) row[step.before.cell] = (row[step.before.cell] ?? 0) - units
  }
  return units
}
