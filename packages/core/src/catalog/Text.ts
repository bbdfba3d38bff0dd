import { Schema } from "effect"

const isStorable = Schema.makeFilter((text: string) => storable(text) || "Expected text without NUL or lone surrogates")

/** Whether every store can keep a text as it is: Postgres has no NUL, and no UTF-8 for half a surrogate pair. */
export const storable = (text: string): boolean => !text.includes("\u0000") && text.isWellFormed()

/** Text of any length that every store can look for. */
export const StorableText = Schema.String.check(isStorable)

/** Text of a length between these, both included, that every store can keep as it is. */
export const textOf = (min: number, max: number) =>
  min === 0
    ? Schema.String.check(Schema.isMaxLength(max), isStorable)
    : Schema.String.check(Schema.isMinLength(min), Schema.isMaxLength(max), isStorable)
