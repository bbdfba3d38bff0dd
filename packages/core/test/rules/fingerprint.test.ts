import { Result } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { validator } from "../../src/engine/validate.ts"
import { fingerprint } from "../../src/rules/fingerprint.ts"
import { Command } from "../../src/stock/Command.ts"
import { step } from "../../src/testing/histories.ts"

const decode = validator(Command)
const print = (input: unknown) => fingerprint(Result.getOrThrow(decode(input)))

const shuffled = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shuffled)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([name, field]) => [name, shuffled(field)])
        )
      : value

describe("the fingerprint of a command", () => {
  const world = { organization: 1, items: [1, 2], variations: [1, 2], batches: [1, 2], locations: [1, 2] }

  it("does not depend on the order of the fields", () => {
    fc.assert(
      fc.property(step(world, { expiry: true }), ({ command }) => {
        expect(print(shuffled(command))).toBe(print(command))
      })
    )
  })

  it("tells different commands apart", () => {
    fc.assert(
      fc.property(step(world, { expiry: true }), step(world, { expiry: true }), (a, b) => {
        const same =
          JSON.stringify(Result.getOrThrow(decode(a.command))) === JSON.stringify(Result.getOrThrow(decode(b.command)))
        expect(print(a.command) === print(b.command)).toBe(same)
      })
    )
  })

  it("is of two hashes, each of two words of six letters", () => {
    fc.assert(
      fc.property(step(world, { expiry: true }), ({ command }) => {
        const words = print(command).match(/.{6}/g) ?? []
        expect(words).toHaveLength(4)
        expect(new Set(words).size).toBe(4)
      })
    )
  })

  it("leaves out fields that are null and who asks, and takes text for text", () => {
    const receive = { _tag: "Receive", organization: 1, lines: [{ item: 1, quantity: 1 }] }
    expect(print({ ...receive, note: null, reference: null, reason: null })).toBe(print(receive))
    expect(print({ ...receive, actor: 7 })).toBe(print(receive))
    expect(print({ ...receive, note: '"actor":7,' })).not.toBe(print({ ...receive, note: "" }))
    expect(print({ ...receive, note: ',"reason":null' })).not.toBe(print({ ...receive, note: "" }))
    expect(print({ ...receive, note: '":null' })).not.toBe(print(receive))
  })
})
