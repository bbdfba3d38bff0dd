/** How often per second, as the best of several rounds: other work on the machine only ever slows one down. */
export const best = (rounds: ReadonlyArray<number>): number => Math.max(...rounds)

/** The middle of several rounds. */
export const median = (rounds: ReadonlyArray<number>): number => {
  const sorted = rounds.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Runs `work` `n` times and says how often per second that was. */
export const rate = (n: number, work: () => void): number => {
  const started = performance.now()
  work()
  return (n / (performance.now() - started)) * 1000
}

/** Prints rows of equal keys as an aligned table. */
export const table = (title: string, rows: ReadonlyArray<readonly [string, string]>): void => {
  console.log(title)
  const width = Math.max(...rows.map(([name]) => name.length))
  for (const [name, figure] of rows) console.log(`  ${name.padEnd(width)}  ${figure}`)
}

/** A rate as people read it: `512,000/s`. */
export const perSecond = (figure: number): string => `${Math.round(figure).toLocaleString("en-US")}/s`

/** A ratio as a percentage: `83 %`. */
export const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`
