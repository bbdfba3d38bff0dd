import { checkedLimits, type LoadLimits } from "./LoadLimits.ts"
import { Pace } from "./Pace.ts"

/** Once some are turned away, the others wait for so much of what they may wait at most. */
const SHARE = 1 / 5

/**
 * Decides which requests are taken in. Times are milliseconds of one clock that never goes back.
 *
 * By Little's law those under way, divided by the pace at which they are finished, is how long one waits. A queue that
 * is gone within `patienceMillis` is a burst and is served; one that stands for so long is overload, in which every
 * request would wait as long as the queue has grown, and the queue would grow on. Then only so many are taken in as wait
 * briefly, until for as long again none had to be turned away: the controlled delay of Maurer, "Fail at Scale", ACM
 * Queue 13 (8), 2015.
 */
export class Shedder {
  readonly #limits: ReturnType<typeof checkedLimits>
  readonly #pace: Pace
  #inFlight = 0
  #shed = 0
  #shedding = false
  /** When the queue was last short. */
  #shortAt = Number.NEGATIVE_INFINITY
  #shedAt = Number.NEGATIVE_INFINITY

  constructor(limits: LoadLimits) {
    this.#limits = checkedLimits(limits)
    this.#pace = new Pace(this.#limits.patienceMillis)
  }

  /** Takes a request in, or turns it away. One that was taken in is to be `finished`. */
  admit(now: number): boolean {
    if (this.#isTooMany(now)) {
      this.#shed += 1
      this.#shedAt = now
      return false
    }
    this.#inFlight += 1
    return true
  }

  /** One that was taken in has its answer, or has gone away. */
  finished(now: number): void {
    this.#inFlight -= 1
    this.#pace.count(now)
  }

  /** Requests under way, whether some are being turned away, and how many were since the start. */
  get figures() {
    return { inFlight: this.#inFlight, shedding: this.#shedding, shed: this.#shed }
  }

  #isTooMany(now: number): boolean {
    const { maxInFlight, maxWaitMillis, patienceMillis } = this.#limits
    if (this.#inFlight < this.#within(maxWaitMillis, now)) this.#shortAt = now
    if (this.#shedding) this.#shedding = now - this.#shedAt <= patienceMillis
    else if (now - this.#shortAt > patienceMillis) this.#shedding = true
    const most = this.#shedding ? this.#within(maxWaitMillis * SHARE, now) : maxInFlight
    return this.#inFlight >= Math.min(most, maxInFlight)
  }

  /** How many may be under way for each to wait no longer than this. */
  #within(millis: number, now: number): number {
    return Math.max(this.#limits.minInFlight, this.#pace.at(now) * millis)
  }
}
