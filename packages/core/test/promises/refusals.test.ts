import { describe, expect, it } from "vitest"
import { type Inventory, isStockbookError, type OpenStockbook, openStockbook } from "../../src/index.ts"
import { calls, pathsOf } from "./support/calls.ts"

type Path = ReadonlyArray<string | number>

/** Never right where it stands, whatever the field. */
const impossible = [Number.NaN, 1.5, Number.POSITIVE_INFINITY, () => 1, Symbol("x"), 10n]
/** Right in some fields. */
const doubtful = [
  null,
  undefined,
  -1,
  0,
  2 ** 53,
  1e300,
  "",
  "x",
  "a\u0000",
  "\ud800",
  "1",
  true,
  [],
  {},
  [null],
  new Map([["a", 1]])
]

/** Every place within a value, the whole of it first. */
const placesIn = (value: unknown): ReadonlyArray<Path> => [
  [],
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, part]) =>
        placesIn(part).map((path) => [Array.isArray(value) ? Number(key) : key, ...path])
      )
    : [])
]

const at = (value: unknown, [key, ...rest]: Path): unknown => {
  if (key === undefined) return value
  return at(typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined, rest)
}

/** The value with another in its place. */
const put = (value: unknown, [key, ...rest]: Path, other: unknown): unknown => {
  if (key === undefined) return other
  if (Array.isArray(value)) return value.map((part, index) => (index === key ? put(part, rest, other) : part))
  return { ...Object(value), [key]: put(at(value, [key]), rest, other) }
}

const ask = async (inventory: Inventory, name: string, args: ReadonlyArray<unknown>): Promise<unknown> => {
  const parts = name.split(".")
  const method = at(inventory, parts)
  if (typeof method !== "function") throw new TypeError(`There is no ${name}`)
  return Reflect.apply(method, at(inventory, parts.slice(0, -1)), args)
}

/** The paths that a call is refused for as input; `null` when it is not. Whatever else happens must be a refusal too. */
const refusedFor = async (promise: Promise<unknown>): Promise<ReadonlyArray<string> | null> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason
  )
  if (error === null) return null
  if (!isStockbookError(error)) throw error
  if (error.code !== "InvalidInput") return null
  expect(error.issues.length).toBeGreaterThan(0)
  for (const { message } of error.issues) expect(message).not.toBe("")
  return error.issues.map(({ path }) => path.join("."))
}

const withInventory = async (use: (inventory: Inventory, stockbook: OpenStockbook) => Promise<void>) => {
  await using stockbook = await openStockbook({ sweepEvery: null })
  await use(await stockbook.createOrganization("Acme"), stockbook)
}

describe("what an inventory is asked", () => {
  it("is all in the table", async () => {
    await withInventory(async (inventory) => {
      const here = pathsOf(inventory).filter((path) => path !== "within" && path !== "changes")
      expect(new Set(Object.keys(calls))).toEqual(new Set(here))
    })
  })

  describe.each(Object.entries(calls))("%s", (name, args) => {
    it("is taken as the table has it", async () => {
      await withInventory(async (inventory) => {
        expect(await refusedFor(ask(inventory, name, args))).toBeNull()
      })
    })

    it("is refused with a field that there is not, which it names", async () => {
      await withInventory(async (inventory) => {
        for (const [index, arg] of args.entries()) {
          for (const path of placesIn(arg)) {
            const value = at(arg, path)
            const open = path.at(-1) === "data"
            if (typeof value !== "object" || value === null || Array.isArray(value) || open) continue
            const changed = args.with(index, put(arg, path, { ...value, surprise: 1 }))
            const refused = await refusedFor(ask(inventory, name, changed))
            const field = [...path, "surprise"].join(".")
            expect(refused?.some((each) => each.endsWith(field))).toBe(true)
          }
        }
      })
    })

    it("is refused with what is nowhere right, and the field is named", async () => {
      await withInventory(async (inventory) => {
        for (const [index, arg] of args.entries()) {
          for (const path of placesIn(arg)) {
            // The values of a notice may be any numbers.
            const wrong = path.at(-2) === "data" ? impossible.slice(3) : impossible
            for (const value of wrong) {
              const refused = await refusedFor(ask(inventory, name, args.with(index, put(arg, path, value))))
              expect([path, value, refused?.some((each) => each.endsWith(path.join(".")))]).toEqual([path, value, true])
            }
          }
        }
      })
    })

    it("is answered or refused with a code, whatever it is given", async () => {
      await withInventory(async (inventory) => {
        for (const [index, arg] of args.entries()) {
          for (const path of placesIn(arg)) {
            for (const value of doubtful) {
              const refused = await refusedFor(ask(inventory, name, args.with(index, put(arg, path, value))))
              if (value === null && path.length === 0) expect([index, refused]).not.toEqual([index, null])
            }
          }
        }
      })
    })
  })
})

it("takes a field that is undefined for one that was left out, where it may be", async () => {
  await withInventory(async (inventory) => {
    const { id: item } = await inventory.items.create({ name: "Lamp" })
    await inventory.receive({ lines: [{ item, quantity: 1 }] })
    const lines = [{ item, quantity: 1, location: undefined }]
    expect(await ask(inventory, "reserve", [{ lines, note: undefined }])).toMatchObject({
      holds: [{ reference: null }]
    })
    expect(await refusedFor(ask(inventory, "reserve", [{ lines: undefined }]))).toEqual(["lines"])
    expect(
      await refusedFor(ask(inventory, "reserve", [{ lines: [{ item, quantity: 0.5 }], note: undefined }]))
    ).toEqual(["lines.0.quantity"])
  })
})

describe("a stockbook", () => {
  it.each([
    ["a misspelt option", { batchsize: 1 }, ["batchsize"]],
    ["no number of commands", { batchSize: 0 }, ["batchSize"]],
    ["a text for a number", { capacity: "many" }, ["capacity"]],
    ["a part of a millisecond", { sweepEvery: 0.5 }, ["sweepEvery"]],
    ["a misspelt part of an option", { retention: { key: 1 } }, ["retention.key"]],
    ["no options at all", null, [""]],
    ["a list", [], [""]]
  ])("is not opened with %s", async (_, options, paths) => {
    const open: (options: never) => Promise<unknown> = openStockbook
    expect(await refusedFor(open(options as never))).toEqual(paths)
  })

  it.each([
    ["an organization without a name", "createOrganization", [""], ["name"]],
    ["an organization whose name is a number", "createOrganization", [5], ["name"]],
    ["an organization without a location", "createOrganization", ["Acme", []], ["locations.0"]],
    ["two locations of one name", "createOrganization", ["Acme", ["A", "A"]], ["locations"]],
    ["a misspelt page", "organizations", [{ from: 1 }], ["from"]],
    ["a page of none", "organizations", [{ limit: 0 }], ["limit"]],
    ["a signal that is none", "verify", [{ signal: "stop" }], ["signal"]],
    ["a misspelt signal", "rebuild", [{ abort: 1 }], ["abort"]],
    ["a subscriber without a name", "subscribe", ["", () => {}], ["name"]],
    ["a subscriber without a function", "subscribe", ["mail", null], ["handle"]],
    ["a subscriber of something else", "subscribe", ["mail", () => {}, { only: "movements" }], ["only"]]
  ])("refuses %s", async (_, name, args, paths) => {
    await withInventory(async (__, stockbook) => {
      const method: unknown = at(stockbook, [name])
      if (typeof method !== "function") throw new TypeError(`There is no ${name}`)
      expect(await refusedFor(Reflect.apply(method, stockbook, args))).toEqual(paths)
    })
  })

  it.each([0, -1, 1.5, Number.NaN, "1", null, undefined, {}])("has no organization %s", async (id) => {
    await withInventory(async (_, stockbook) => {
      const ask: (id: never) => unknown = stockbook.organization
      expect(() => ask(id as never)).toThrow("organization")
    })
  })

  it.each([{ after: "yesterday" }, { after: 5 }, { since: "1" }, null])("follows no changes %j", async (options) => {
    await withInventory(async (inventory, stockbook) => {
      for (const follow of [inventory.changes, stockbook.changes]) {
        const changes: (options: never) => AsyncIterator<unknown> = follow
        expect(await refusedFor(changes(options as never).next())).toHaveLength(1)
      }
    })
  })
})
