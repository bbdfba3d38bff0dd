// Who adds a command, or a field of one, is led here: packages/core/src/promises/commands says it to those who use promises.
import { describe, expect, expectTypeOf, it } from "vitest"
import {
  Command,
  type Inventory,
  openStockbook,
  type Plain,
  StockbookError,
  type StockbookErrorCode,
  type StockbookErrorFields
} from "../../src/index.ts"
import type { Commands } from "../../src/promises/Commands.ts"
import { commandTags, type EngineInput } from "../../src/promises/commandsOver.ts"
import type { SingleCommand } from "../../src/stock/Command.ts"

const tags = Command.members.flatMap((member) => ("_tag" in member.fields ? [member.fields._tag.schema.literal] : []))

/** The names of fields, of whichever form of an input has them. */
type Fields<Input> =
  Input extends ReadonlyArray<infer Part>
    ? Fields<Part>
    : Input extends object
      ? keyof Input | { [K in keyof Input]-?: Fields<Input[K]> }[keyof Input]
      : never

/** The fields a method does not have, although the engine knows them. */
type Missing = {
  [Name in keyof Commands]: Exclude<Fields<EngineInput<Name>>, Fields<Parameters<Commands[Name]>[0]>>
}[keyof Commands]

describe("the commands of an inventory", () => {
  it("are all that the engine has", async () => {
    expect(tags.length).toBeGreaterThan(30)
    expect(new Set<string>([...Object.values(commandTags), "Linked", "Bulk"])).toEqual(new Set<string>(tags))
    expectTypeOf<(typeof commandTags)[keyof Commands]>().toEqualTypeOf<SingleCommand["_tag"]>()
    await using stockbook = await openStockbook()
    const inventory = await stockbook.createOrganization("Acme")
    for (const name of [...Object.keys(commandTags), "linked", "bulk"]) expect(inventory).toHaveProperty(name)
  })

  it("take every field that the engine takes", () => {
    expectTypeOf<Missing>().toEqualTypeOf<never>()
  })

  it("have plain numbers", () => {
    expectTypeOf<Inventory["id"]>().toEqualTypeOf<number>()
    expectTypeOf<Plain.Hold["lines"][number]["item"]>().toEqualTypeOf<number>()
    expectTypeOf<Plain.StockedItem["categoryId"]>().toEqualTypeOf<number | null>()
    expectTypeOf<Plain.Item["unitPrice"]>().toEqualTypeOf<string | null>()
    expectTypeOf<Plain.NewItem["unitPrice"]>().toEqualTypeOf<string | null | undefined>()
    expectTypeOf<Plain.Hold["status"]>().toEqualTypeOf<"open" | "fulfilled" | "expired" | "released">()
    expectTypeOf<Plain.Outcome["documents"][number]["items"]>().toEqualTypeOf<ReadonlyArray<number>>()
  })

  it("are refused with fields that the code tells of", () => {
    const error = new StockbookError({ _tag: "Overloaded" })
    if (error.code === "InsufficientStock") {
      expectTypeOf(error.available).toEqualTypeOf<number>()
      expectTypeOf(error.level).toEqualTypeOf<"item" | "variation" | "batch" | "location">()
    }
    if (error.code === "StoreError") {
      expectTypeOf(error.reason).toEqualTypeOf<"busy" | "conflict" | "unavailable" | "unknown" | "corrupt">()
    }
    expectTypeOf<keyof Extract<StockbookError, { code: "UnknownItem" }>>().toEqualTypeOf<
      "code" | "item" | keyof Error
    >()
    // A field of that name would take the place of the error's own, which cannot be written to.
    type Fields = { [Code in StockbookErrorCode]: keyof StockbookErrorFields<Code> }[StockbookErrorCode]
    expectTypeOf<Extract<Fields, "name" | "stack" | "code">>().toEqualTypeOf<never>()
    expect(error).toBeInstanceOf(Error)
    expect(error).toBeInstanceOf(StockbookError)
    expect(error.code).toBe("Overloaded")
  })
})
