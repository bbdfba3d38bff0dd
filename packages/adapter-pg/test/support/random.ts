/** Numbers from 0 (inclusive) to 1, always the same ones for a seed (Mulberry32). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The rounds of a test: as many as the variable says, each with its number. */
export const roundsOf = (variable: string, usual: number): ReadonlyArray<number> =>
  Array.from({ length: Number(process.env[variable] ?? usual) }, (_, round) => round)
