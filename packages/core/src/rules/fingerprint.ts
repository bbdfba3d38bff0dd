import type { Command } from "../stock/Command.ts"

/**
 * A short name for what a command asks: equal for equal requests whatever the order of their fields and whoever sends
 * them, a field that is null being one that was left out. 106 bits of two multiplicative string hashes (cyrb53 by bryc, public domain),
 * enough to tell requests of one key apart. It is no secret and no signature.
 */
export const fingerprint = (command: Command): string => hash(canonical(command))

/** Decoding wrote the fields in the schema's order, whatever order they came in. */
const canonical = (command: Command): string => {
  const text = JSON.stringify(command)
  return text.includes(":null") || text.includes('"actor":') ? text.replace(ignored, "") : text
}

/** Inside a string every quote has a backslash before it, so this finds fields only. */
const ignored = /"(?:[A-Za-z]+":null|actor":-?\d+),|,"(?:[A-Za-z]+":null|actor":-?\d+)/g

/** Both hashes in one pass: every named reservation is fingerprinted. */
export const hash = (text: string): string => {
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

const seed = 0x9e3779b9

const finish = (first: number, second: number): string => {
  const high = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909)
  const low = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return word(high) + word(low)
}

/** 32 bits as six letters and digits. */
const word = (bits: number): string =>
  digit(bits) + digit(bits >>> 6) + digit(bits >>> 12) + digit(bits >>> 18) + digit(bits >>> 24) + digit(bits >>> 30)

const digit = (bits: number): string => digits.charAt(bits & 63)

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
