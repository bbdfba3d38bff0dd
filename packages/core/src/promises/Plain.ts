/**
 * A model as those see it who do not use effect: ids and quantities are plain numbers, amounts plain strings, and the
 * rest is the same, docstrings included.
 */
export type Plain<T> = T extends number
  ? Unbranded<T, number>
  : T extends string
    ? Unbranded<T, string>
    : T extends object
      ? { readonly [K in keyof T]: Plain<T[K]> }
      : T

/** A literal has the keys of its type; a brand adds one. */
type Unbranded<T, Base> = keyof T extends keyof Base ? T : Base
