import { type Money, parseMoney, parseUnitCost, type UnitCost } from "@stockbook/core"
import { Schema } from "effect"
import { isAmount } from "../../fields/Amount.ts"
import { IntegerParam } from "../../fields/Integer.ts"
import { periodOf } from "../../fields/Period.ts"
import { textOf } from "../../fields/Text.ts"
import { FAILURE, type Failure, missing } from "../../problems/Failure.ts"

/** A field that may be left out, be `null`, or be blank: its real client sends blanks for what is not filled in. */
export const blankable = <S extends Schema.Constraint>(schema: S) =>
  Schema.optionalKey(Schema.NullOr(Schema.Union([schema, Schema.Literal("")])))

/** Likewise of a query, which has no null. */
export const blankableParam = <S extends Schema.Constraint>(schema: S) =>
  Schema.optionalKey(Schema.Union([schema, Schema.Literal("")]))

/** An id in a query. */
export const IdParam = blankableParam(IntegerParam)

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

/** The same in a change, where `null` says that there is to be none any more. */
export const changed = <K extends string, A>(
  name: K,
  value: A | "" | null | undefined
): { readonly [P in K]?: Exclude<A, "" | null> | null } =>
  value === null ? ({ [name]: null } as { readonly [P in K]?: null }) : ifGiven(name, value)

export const Id = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))
export const Level = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
/** What something is called: blanks alone are nothing, as in B's own forms. */
export const Name = textOf(1, 255).check(
  Schema.makeFilter((text: string) => text.trim() !== "", { [FAILURE]: missing })
)
export const Note = textOf(0, 10_000)

/** An amount, in as a number or in a string, out as a number. */
export const Price = Schema.Union([Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)), Schema.String])
  .annotate({ examples: [2000, 19.99] })
  .check(isAmount)

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

const notADate: Failure = { type: "date_parsing", msg: "Input should be a valid date in ISO 8601 format" }

/** A day, `2025-12-31`, or a time of ISO 8601. */
export const Day = textOf(1, 40).check(
  Schema.makeFilter((text: string) => periodOf(text) !== undefined, { [FAILURE]: notADate })
)

/** The instant a day begins, UTC; epoch milliseconds. It has been checked to be one. */
export const instantOf = (day: string): number => periodOf(day)?.from ?? Date.parse(day)

/** The day of an instant, UTC. */
export const dayOf = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString().slice(0, 10)
