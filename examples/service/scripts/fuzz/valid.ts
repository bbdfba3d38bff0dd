import { Predicate } from "effect"
import type { Chance } from "./Chance.ts"
import type { Pool } from "./Pool.ts"

/** Where a value is to stand, and what there is to choose from. */
export interface Making {
  readonly chance: Chance
  readonly pool: Pool
  /** The endpoint's path, as it is declared. */
  readonly path: string
}

const words = ["lamp", "Läufer", "box", "T-Shirt", "bolt M4", "東京", "100% cotton", "O'Neill", "a_b", "crème"] as const
const days = ["2024-02-29", "2025-12-31", "2030-01-01", "1999-06-15"] as const

/** A value that a schema takes, as far as the schema says. */
export const validValue = (schema: unknown, making: Making, name = ""): unknown => {
  const { chance, pool, path } = making
  const s: Readonly<Record<string, unknown>> = Object(schema)
  const choices = s["anyOf"] ?? s["oneOf"]
  if (Array.isArray(choices)) return validValue(chance.any(choices), making, name)
  if (Array.isArray(s["enum"])) return chance.any(s["enum"])
  if ("const" in s) return s["const"]
  const id = name === "" ? undefined : pool.idFor(chance, path, name)
  switch (s["type"]) {
    case "object":
      return validObject(s, making)
    case "array": {
      const most = Math.min(numberOr(s["maxItems"], 3), 3)
      return Array.from({ length: chance.int(Math.min(numberOr(s["minItems"], 0), most), most) }, () =>
        validValue(s["items"], making)
      )
    }
    case "integer":
      return typeof id === "number" ? id : wholeNumber(s, chance)
    case "number":
      return chance.int(0, 200_000) / 100
    case "boolean":
      return chance.happens(0.5)
    case "null":
      return null
    default:
      return id === undefined ? text(s, chance) : String(id)
  }
}

const validObject = (s: Readonly<Record<string, unknown>>, making: Making): object => {
  const examples = s["examples"]
  const required: ReadonlyArray<unknown> = Array.isArray(s["required"]) ? s["required"] : []
  const properties: Readonly<Record<string, unknown>> = Object(s["properties"])
  const made = Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || making.chance.happens(0.4))
      .map(([name, schema]) => [name, validValue(schema, making, name)])
  )
  // Which fields go together is in the examples, not in the schema.
  if (!Array.isArray(examples) || making.chance.happens(0.4)) return made
  const example: Readonly<Record<string, unknown>> = Object(making.chance.any(examples))
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      Predicate.isObject(value) || (typeof value !== "number" && making.chance.happens(0.5))
        ? value
        : validValue(properties[name], making, name)
    ])
  )
}

const wholeNumber = (s: Readonly<Record<string, unknown>>, chance: Chance): number => {
  const least = Math.max(numberOr(s["minimum"], -5), numberOr(s["exclusiveMinimum"], -6) + 1)
  return chance.int(least, Math.min(numberOr(s["maximum"], least + 60), least + 60))
}

const text = (s: Readonly<Record<string, unknown>>, chance: Chance): string => {
  if (s["format"] === "date-time") return `${chance.pick(days)}T${chance.pick(["00:00:00Z", "12:30:59.123+02:00"])}`
  if (s["format"] === "date") return chance.pick(days)
  if (s["format"] === "email") return `u${chance.int(1, 1_000_000)}@example.org`
  const made = `${chance.pick(words)} ${chance.int(1, 100_000)}`
  const padded = made.padEnd(numberOr(s["minLength"], 0), "x")
  return padded.slice(0, numberOr(s["maxLength"], 200))
}

const numberOr = (value: unknown, other: number): number => (typeof value === "number" ? value : other)
