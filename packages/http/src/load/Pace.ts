/** How much the clock's last window is divided into. */
const SLICES = 10

/** Counts what was finished over the last so many milliseconds, to a tenth of them. */
export class Pace {
  readonly #slice: number
  readonly #counts = new Array<number>(SLICES).fill(0)
  #sum = 0
  #at = Number.NEGATIVE_INFINITY

  constructor(windowMillis: number) {
    this.#slice = windowMillis / SLICES
  }

  /** One more was finished. */
  count(now: number): void {
    this.#advance(now)
    const slot = this.#at % SLICES
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1
    this.#sum += 1
  }

  /** Per millisecond. */
  at(now: number): number {
    this.#advance(now)
    return this.#sum / (this.#slice * SLICES)
  }

  #advance(now: number): void {
    const at = Math.floor(now / this.#slice)
    if (at - this.#at >= SLICES) {
      this.#counts.fill(0)
      this.#sum = 0
    } else {
      for (let passed = this.#at + 1; passed <= at; passed++) {
        this.#sum -= this.#counts[passed % SLICES] ?? 0
        this.#counts[passed % SLICES] = 0
      }
    }
    this.#at = Math.max(this.#at, at)
  }
}
