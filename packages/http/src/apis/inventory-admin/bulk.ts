import { type Actor, type CommandError, type CommandInput, ItemId, StockEngine } from "@stockbook/core"
import { Array as Arr, Effect } from "effect"
import { once } from "../../exchange/CurrentWrite.ts"
import { BulkRefused, type BulkRowResult, bulkResult } from "./BulkResult.ts"
import type { BulkRow } from "./InventoryForms.ts"
import type { Locations } from "./locations.ts"
import { noLocation, rowError } from "./refusal.ts"
import { rowCommands, together } from "./rowCommands.ts"

/** Rows in the engine's hands at once: enough to fill its batches, and few beside what it takes in. */
const AT_ONCE = 1000

type Commands = NonNullable<ReturnType<typeof rowCommands>>
/** What is asked of the engine for a row, or why nothing is. */
type Prepared = { readonly commands: Commands } | { readonly error: string }

const prepared = (actor: Actor, locations: Locations, row: BulkRow): Prepared => {
  if (row.product_id < 1) return { error: rowError("UnknownItem", "") }
  const placed = row.warehouse_location == null ? null : locations.named(row.warehouse_location)
  if (row.warehouse_location != null && placed === null) return { error: noLocation(row.warehouse_location) }
  const commands = rowCommands(actor, ItemId.make(row.product_id), row, placed)
  return commands === null ? { error: "The row changes nothing" } : { commands }
}

const failed = ({ product_id }: BulkRow, error: string): BulkRowResult => ({ product_id, status: "failed", error })

/** Whether a refusal is the row's own; else the service cannot go on, and says so. */
const isRowsOwn = (error: CommandError): boolean =>
  !["StoreError", "Overloaded", "EngineClosed", "IdempotencyConflict", "ChangedMeanwhile"].includes(error._tag)

/** Updates many products. */
export const bulkUpdating = Effect.gen(function* () {
  const engine = yield* StockEngine

  /** Each row for itself, those of one product in their order. */
  const each = (actor: Actor, rows: ReadonlyArray<BulkRow>, locations: Locations) =>
    Effect.map(
      Effect.forEach(
        rows,
        (row, index): Effect.Effect<BulkRowResult, CommandError> => {
          const asked = prepared(actor, locations, row)
          if ("error" in asked) return Effect.succeed(failed(row, asked.error))
          const done: BulkRowResult = { product_id: row.product_id, status: "updated" }
          return Effect.flatMapEager(once(index + 1), (options) =>
            engine.execute(together(actor, asked.commands), options)
          ).pipe(
            Effect.as(done),
            Effect.catch((error) =>
              isRowsOwn(error) ? Effect.succeed(failed(row, rowError(error._tag, error.message))) : Effect.fail(error)
            )
          )
        },
        { concurrency: AT_ONCE }
      ),
      bulkResult
    )

  /** All of them, or none and 409. */
  const atomic = Effect.fnUntraced(function* (actor: Actor, rows: ReadonlyArray<BulkRow>, locations: Locations) {
    const asked = rows.map((row) => prepared(actor, locations, row))
    const errors = new Map(asked.flatMap((each, row) => ("error" in each ? [[row, each.error] as const] : [])))
    const able = asked.flatMap((each, row) => ("commands" in each ? [{ row, commands: each.commands }] : []))
    const refuse = () => {
      const results = rows.map((row, index): BulkRowResult => {
        const error = errors.get(index)
        return error === undefined ? { product_id: row.product_id, status: "not_updated" } : failed(row, error)
      })
      return new BulkRefused({ detail: `${errors.size} of ${rows.length} rows were refused`, ...bulkResult(results) })
    }
    // Those that are known to fail keep the others from being done, so the engine is not asked what it thinks of them.
    if (errors.size > 0 || !Arr.isReadonlyArrayNonEmpty(able)) return yield* refuse()
    const command: CommandInput = {
      _tag: "Bulk",
      organization: actor.organization,
      rows: Arr.map(able, ({ commands }) => commands)
    }
    yield* engine.execute(command, yield* once()).pipe(
      Effect.catchTags({
        BulkRejected: ({ failures }) => {
          for (const { row, tag, reason } of failures) errors.set(row, rowError(tag, reason))
          return Effect.fail(refuse())
        }
      })
    )
    return bulkResult(rows.map(({ product_id }): BulkRowResult => ({ product_id, status: "updated" })))
  })

  return { each, atomic }
})
