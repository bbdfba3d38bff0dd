import { type Money, parseMoney, parseUnitCost, type UnitCost } from "@stockbook/core"
import { Schema } from "effect"
import { Amount } from "../../fields/Amount.ts"
import { textOf } from "../../fields/Text.ts"

/** A field that may be left out, be `null`, or be blank: its real client sends blanks for what is not filled in. */
export const blankable = <S extends Schema.Constraint>(schema: S) =>
  Schema.optionalKey(Schema.NullOr(Schema.Union([schema, Schema.Literal("")])))

/** What such a field says; `undefined` when it says nothing. */
export const given = <A>(value: A | "" | null | undefined): Exclude<A, ""> | undefined =>
  value === "" || value === null || value === undefined ? undefined : (value as Exclude<A, "">)

/** `{name: value}` if the field says something, `{}` if not. */
export const ifGiven = <K extends string, A>(
  name: K,
  value: A | "" | null | undefined
): { readonly [P in K]?: Exclude<A, "" | null> } => {
  const said = given(value)
  return said === undefined ? {} : ({ [name]: said } as { readonly [P in K]?: Exclude<A, "" | null> })
}

export const Id = Schema.Int.check(Schema.isGreaterThan(0))
export const Level = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
export const Name = textOf(1, 255)
export const Note = textOf(0, 10_000)

/** An amount, in and out as a number. */
export const Price = Amount

/** A price, if there is one. */
export const priceOf = (amount: string | number | "" | null | undefined): Money | undefined => {
  const said = given(amount)
  return said === undefined ? undefined : parseMoney(said)
}

/** A cost, if there is one. */
export const costOf = (amount: string | number | "" | null | undefined): UnitCost | undefined => {
  const said = given(amount)
  return said === undefined ? undefined : parseUnitCost(said)
}

/** Exact decimals as the numbers B writes; `null` for none. */
export const numberOf = (amount: string | null): number | null => (amount === null ? null : Number(amount))

/** A day, `2025-12-31`, or a time of ISO 8601. */
export const Day = textOf(1, 40).check(
  Schema.makeFilter((text: string) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)), {
    expected: "a valid date"
  })
)

/** The instant a day begins, UTC; epoch milliseconds. */
export const instantOf = (day: string): number => Date.parse(day)

/** The day of an instant, UTC. */
export const dayOf = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString().slice(0, 10)
