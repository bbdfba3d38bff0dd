import type { Sample } from "./load.ts"

const quantile = (sorted: ReadonlyArray<number>, q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN

/** What came of the requests of some stretch of time. */
export class Window {
  readonly times: Array<number> = []
  shed = 0
  /** Turned away without being told when to come again. */
  unadvised = 0
  readonly errors: Array<string> = []

  add({ millis, answer: { status, retryAfter, text }, call }: Sample): void {
    if (status >= 200 && status < 300) this.times.push(millis)
    else if (status === 503) {
      this.shed += 1
      if (!(Number(retryAfter) > 0)) this.unadvised += 1
    } else this.errors.push(`${call.method} ${call.path} answered ${status}: ${text.slice(0, 200)}`)
  }

  /** Milliseconds. */
  get quantiles() {
    const sorted = this.times.toSorted((a, b) => a - b)
    return {
      p50: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      p99: quantile(sorted, 0.99),
      max: quantile(sorted, 1)
    }
  }

  get line(): string {
    const { p50, p95, p99, max } = this.quantiles
    const figures = [p50, p95, p99, max].map((millis) => millis.toFixed(1)).join(" / ")
    return `${this.times.length} answered, ${this.shed} turned away, ${this.errors.length} errors; p50 / p95 / p99 / max ${figures} ms`
  }
}

/** Several stretches as one. */
export const together = (windows: ReadonlyArray<Window>): Window => {
  const all = new Window()
  for (const { times, shed, unadvised, errors } of windows) {
    for (const each of times) all.times.push(each)
    all.shed += shed
    all.unadvised += unadvised
    all.errors.push(...errors)
  }
  return all
}
