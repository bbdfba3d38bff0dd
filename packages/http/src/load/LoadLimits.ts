/** When requests are turned away with 503 and `Retry-After`, so that those taken in are answered soon. */
export interface LoadLimits {
  /** Requests under way at most, whatever the pace; 10,000 by default. */
  readonly maxInFlight?: number | undefined
  /** So many under way are never too many; 64 by default. */
  readonly minInFlight?: number | undefined
  /**
   * How long requests may wait for their answers, in milliseconds: those under way, divided by the pace at which they
   * are answered. 500 by default. Once requests are turned away, those taken in wait a fifth of it.
   */
  readonly maxWaitMillis?: number | undefined
  /** How long they may wait longer than that before any is turned away, in milliseconds, so that a burst passes; 1,000 by default. */
  readonly patienceMillis?: number | undefined
}

/** A limit cannot work. */
export class InvalidLoadLimit extends Error {
  readonly setting: keyof LoadLimits

  constructor(setting: keyof LoadLimits, problem: string) {
    super(`load.${setting} ${problem}`)
    this.name = "InvalidLoadLimit"
    this.setting = setting
  }
}

/** The limits with their defaults. Throws `InvalidLoadLimit` on one that cannot work. */
export const checkedLimits = (limits: LoadLimits): { readonly [Limit in keyof LoadLimits]-?: number } => {
  const checked = {
    maxInFlight: limits.maxInFlight ?? 10_000,
    minInFlight: limits.minInFlight ?? Math.min(64, limits.maxInFlight ?? 64),
    maxWaitMillis: limits.maxWaitMillis ?? 500,
    patienceMillis: limits.patienceMillis ?? 1000
  }
  whole("maxInFlight", checked.maxInFlight)
  whole("minInFlight", checked.minInFlight)
  whole("maxWaitMillis", checked.maxWaitMillis)
  whole("patienceMillis", checked.patienceMillis)
  if (checked.minInFlight > checked.maxInFlight) {
    throw new InvalidLoadLimit("minInFlight", `must not be above maxInFlight, which is ${checked.maxInFlight}`)
  }
  return checked
}

const whole = (setting: keyof LoadLimits, value: number): void => {
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidLoadLimit(setting, "must be an integer of 1 or more")
}
