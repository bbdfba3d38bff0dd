import { Catalog, InvalidInput, NewItem, type OrganizationId, StockEngine, type StockedItem } from "@stockbook/core"
import { Effect, Schema, SchemaIssue } from "effect"
import type { ImportRow } from "./ImportRow.ts"
import type { Fields, Value } from "./Row.ts"

type Input = typeof NewItem.Encoded

/** Items are told apart by their SKU: new ones are made, those that are there are given what the file says of them. */
export const importItems = Effect.fnUntraced(function* (
  organization: OrganizationId,
  rows: ReadonlyArray<ImportRow>,
  dryRun: boolean
) {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const fresh: Array<{ readonly row: ImportRow; readonly input: Input }> = []

  const change = Effect.fnUntraced(function* (item: StockedItem, row: ImportRow) {
    if (!item.active) return yield* row.refuse({ field: "sku", reason: `The item ${item.sku} is deleted` })
    const { lowStockThreshold = item.lowStockThreshold, ...fields } = row.fields
    const entries = Object.entries(fields).filter(([field, value]) => differs(item, field, value))
    const threshold = lowStockThreshold !== item.lowStockThreshold
    if (entries.length === 0 && !threshold) return row.done("unchanged")
    if (dryRun) return row.done("changed")
    if (entries.length > 0) yield* catalog.updateItem(organization, item.id, Object.fromEntries(entries))
    if (threshold && typeof lowStockThreshold === "number") {
      yield* engine.execute({ _tag: "SetPolicy", organization, item: item.id, lowStockThreshold })
    }
    return row.done("changed")
  })

  yield* Effect.forEach(
    rows,
    (row) =>
      Effect.gen(function* () {
        const found = yield* catalog.itemBySku(organization, String(row.fields["sku"]))
        if (found === null) fresh.push({ row, input: inputOf(row.fields) })
        else yield* row.unless(change(found, row))
      }),
    { concurrency: 16 }
  )
  if (fresh.length === 0) return
  const inputs = fresh.map(({ input }) => input)
  const made = dryRun ? false : yield* Effect.isSuccess(catalog.createItems(organization, inputs))
  if (made) {
    for (const { row } of fresh) row.done("created")
    return
  }
  // One of them is wrong: each by itself says which.
  for (const { row, input } of fresh) {
    const create = dryRun ? checkItem(input) : catalog.createItem(organization, input)
    yield* row.unless(Effect.map(create, () => row.done("created")))
  }
})

/** Whether a field of the file says something else than the item. */
const differs = (item: StockedItem, field: string, value: Value): boolean =>
  Object.entries(item).find(([name]) => name === field)?.[1] !== value

const decode = Schema.decodeUnknownEffect(NewItem)

/** What can be said of a new item without making it. */
const checkItem = (input: Input) =>
  Effect.mapError(
    decode(input),
    (error) =>
      new InvalidInput({
        issues: formatted(error.issue).issues.map(({ message, path }) => ({ message, path: pathOf(path) }))
      })
  )

const formatted = SchemaIssue.makeFormatterStandardSchemaV1()

const pathOf = (path: ReadonlyArray<unknown> = []): ReadonlyArray<string> => path.map(String)

const inputOf = (fields: Fields): Input => ({ ...fields, name: String(fields["name"]) })
