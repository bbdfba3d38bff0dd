/** Numbers that look like chance and are the same for the same seed. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 to below 1: Mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** Whether it happens that happens so often. */
  happens(share: number): boolean {
    return this.next() < share
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  pick<A>(all: readonly [A, ...ReadonlyArray<A>]): A {
    return all[this.int(0, all.length - 1)] ?? all[0]
  }

  /** One of these; `undefined` of none. */
  any<A>(all: ReadonlyArray<A>): A | undefined {
    return all[this.int(0, all.length - 1)]
  }
}
