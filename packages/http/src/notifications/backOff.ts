/** How deliveries are tried. Times in milliseconds. */
export interface Pace {
  /** Tries before a delivery is given up; 30 by default, which lasts some 18 hours. */
  readonly attempts: number
  /** The wait after the first failure, doubled after each further one; 1,000 by default. */
  readonly first: number
  /** The longest wait; an hour by default. */
  readonly longest: number
  /** How often each process looks for what is due; 1,000 by default. */
  readonly poll: number
}

export const defaultPace: Pace = { attempts: 30, first: 1000, longest: 3_600_000, poll: 1000 }

/**
 * How long to wait after so many failed tries: exponential, and of that half to all by chance (0 to 1), so that what
 * failed together is not tried together. At least what the receiver asked for, if that is no longer than the longest.
 */
export const waitAfter = (attempts: number, pace: Pace, chance: number, asked = 0): number => {
  const whole = Math.min(pace.first * 2 ** Math.min(attempts - 1, 50), pace.longest)
  return Math.round(Math.max(whole * (0.5 + chance / 2), Math.min(asked, pace.longest)))
}
