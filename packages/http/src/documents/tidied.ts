import { Predicate } from "effect"

/** Suffix of the components effect makes of error classes. */
const ENCODED = /Encoded$/

/** Keywords that say nothing a reader could use. */
const isNoise = (key: string, value: unknown): boolean =>
  // Unknown fields are ignored, in requests as in answers.
  (key === "additionalProperties" && value === false) ||
  ((key === "minimum" || key === "maximum") && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER)

/** An OpenAPI document in the words clients and generators know. */
export const tidied = <T>(document: T): T => tidy(document) as T

const tidy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(tidy)
  if (!Predicate.isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !isNoise(key, inner))
      .map(([key, inner]) => [
        key.replace(ENCODED, ""),
        key === "$ref" || key === "scheme" ? reworded(key, String(inner)) : tidy(inner)
      ])
  )
}

const reworded = (key: string, text: string): string =>
  key === "$ref" ? text.replace(ENCODED, "") : text.toLowerCase()
