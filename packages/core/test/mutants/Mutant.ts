/** A rule broken on purpose: a text of `packages/core/src/rules` that stands there once, and what stands there instead. */
export interface Mutant {
  /** Below `packages/core/src/rules`. */
  readonly file: string
  readonly find: string
  readonly replace: string
  /** The rule that no longer holds. */
  readonly why: string
  /** Why no test can catch it, of one that changes nothing anybody could see. */
  readonly survives?: string
}

export const mutant = (file: string, find: string, replace: string, why: string, survives?: string): Mutant => ({
  file,
  find,
  replace,
  why,
  ...(survives === undefined ? {} : { survives })
})
