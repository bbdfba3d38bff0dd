import { parseMoney, parseUnitCost } from "@stockbook/core"
import type { Columns, ColumnType } from "./kinds.ts"

/** What a field of a row says; one that says nothing is not there. */
export type Value = string | number | boolean
export type Fields = Readonly<Record<string, Value>>

/** Why a row was not taken: the field, in the words of the file, and what was expected of it. */
export interface Refusal {
  readonly field: string
  readonly reason: string
}

/** A row as it was read, with the number of the line it ends on. */
export type Row = { readonly line: number; readonly source: string } & (
  | { readonly fields: Fields; readonly refusal?: undefined }
  | { readonly refusal: Refusal }
)

/** `unit_price`, `Unit price` and `unitPrice` are one column. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, "")

/** Reads each field as its column wants it; `unknown` ones were looked for before. */
export const fieldsOf = (
  given: Iterable<readonly [name: string, value: unknown]>,
  { types, required }: Columns
): { readonly fields: Fields } | { readonly refusal: Refusal } => {
  const fields: Record<string, Value> = {}
  for (const [field, value] of given) {
    if (value === null || value === undefined || value === "") continue
    const type = types[field]
    const read = type === undefined ? null : readers[type](value)
    if (read === null) return { refusal: { field, reason: `Expected ${expected[type ?? "text"]}` } }
    fields[field] = read
  }
  const missing = required.find((field) => !(field in fields))
  return missing === undefined ? { fields } : { refusal: { field: missing, reason: "Is required" } }
}

const expected: Readonly<Record<ColumnType, string>> = {
  text: "a text",
  integer: "a whole number",
  price: "an amount, such as 12.5 or 999.99",
  cost: "an amount, such as 12.5 or 799.995",
  boolean: "true or false",
  instant: "a date, such as 2026-01-31 or 2026-01-31T12:00:00Z"
}

const readers: Readonly<Record<ColumnType, (value: unknown) => Value | null>> = {
  text: (value) => (typeof value === "string" ? value : null),
  integer: (value) => {
    const number = typeof value === "string" && /^[+-]?\d{1,16}$/.test(value.trim()) ? Number(value) : value
    return typeof number === "number" && Number.isSafeInteger(number) ? number : null
  },
  price: (value) => (isAmount(value) ? (parseMoney(value) ?? null) : null),
  cost: (value) => (isAmount(value) ? (parseUnitCost(value) ?? null) : null),
  boolean: (value) => (value === true || value === "true" ? true : value === false || value === "false" ? false : null),
  instant: (value) => {
    const text = typeof value === "string" ? value : ""
    // Without an offset it would mean another instant on another machine.
    const whole = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    const instant = whole ? Date.parse(text) : Number.NaN
    return Number.isNaN(instant) ? null : instant
  }
}

const isAmount = (value: unknown): value is string | number => typeof value === "string" || typeof value === "number"
