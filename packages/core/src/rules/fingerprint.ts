import type { Command } from "../stock/Command.ts"

/**
 * A short name for what a command asks: equal for equal requests whatever the order of their fields, 106 bits of
 * two multiplicative string hashes (cyrb53 by bryc, public domain), enough to tell requests of one key apart. It
 * is no secret and no signature.
 */
export const fingerprint = (command: Command): string => hash(canonical(command))

/** JSON with the fields in the order of their names, and without those that are null: they were left out. */
const canonical = (value: unknown): string => {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value)
    case "number":
      return Number.isFinite(value) ? `${value}` : "null"
    case "object": {
      if (value === null) return "null"
      return Array.isArray(value) ? `[${value.map(canonical).join(",")}]` : canonicalFields(value)
    }
    default:
      return JSON.stringify(value) ?? "null"
  }
}

const canonicalFields = (value: object): string => {
  const fields = Object.entries(value)
  fields.sort(byName)
  let text = ""
  for (const [name, field] of fields) {
    if (field === undefined || field === null) continue
    text += text === "" ? `"${name}":${canonical(field)}` : `,"${name}":${canonical(field)}`
  }
  return `{${text}}`
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)

const seed = 0x9e3779b9

/** Both hashes in one pass: every named reservation is fingerprinted. */
const hash = (text: string): string => {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  let high2 = 0xdeadbeef ^ seed
  let low2 = 0x41c6ce57 ^ seed
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
    high2 = Math.imul(high2 ^ code, 2654435761)
    low2 = Math.imul(low2 ^ code, 1597334677)
  }
  return finish(high, low) + finish(high2, low2)
}

const finish = (first: number, second: number): string => {
  const high = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909)
  const low = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return hex(2097151 & low, 6) + hex(high, 8)
}

const hex = (word: number, digits: number): string => (word >>> 0).toString(16).padStart(digits, "0")
