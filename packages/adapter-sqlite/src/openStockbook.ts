import type { DatabaseSync } from "node:sqlite"
import {
  InvalidInput,
  type OpenOptions,
  type OpenStockbook,
  openFields,
  openOptions,
  openStockbookIn,
  StockbookError
} from "@stockbook/core"
import { Predicate, Schema } from "effect"
import { layer } from "./SqliteStore.ts"
import { joinedSqlite } from "./stock/joinedSqlite.ts"

/** Which file, and how the stockbook works. */
export interface OpenSqliteOptions extends OpenOptions {
  /** Made and migrated when need be; `:memory:` for none. */
  readonly filename: string
}

/**
 * Opens a stockbook in one SQLite file, as plain promises. Any number of processes on one machine may use the file.
 *
 * Rejects with the codes `InvalidInput`, when an option is wrong or unknown, `NewerSchema`, when a newer program migrated the file, and `StoreError`, when it cannot be
 * opened. Commands can join a transaction of a `DatabaseSync` that has the same file open (`within`).
 *
 * @example
 * ```ts
 * import { openStockbook } from "@stockbook/adapter-sqlite"
 *
 * await using stockbook = await openStockbook({ filename: ":memory:" })
 * const inventory = await stockbook.createOrganization("Acme")
 * const { id: item } = await inventory.items.create({ name: "Lamp" })
 * const { items } = await inventory.receive({ lines: [{ item, quantity: 10 }] })
 * items[0]?.available // 10
 * ```
 */
export const openStockbook = async (options: OpenSqliteOptions): Promise<OpenStockbook<DatabaseSync>> => {
  const { filename, ...others } = optionsOf(options)
  return openStockbookIn(layer({ filename }), others, (handle: DatabaseSync) => joinedSqlite(transactionOf(handle)))
}

// SQLite takes an empty name for a file that is gone when it is closed.
const Filename = Schema.String.check(Schema.isMinLength(1), Schema.isPattern(/^[^\0]*$/))
const optionsOf = openOptions(Schema.Struct({ ...openFields, filename: Filename }))

/** Told by what is asked of it: a handle may come of another copy of Node's module. */
const transactionOf = (handle: unknown) => {
  if (isHandle(handle)) return handle
  const issues = [{ path: ["transaction"], message: "Expected a DatabaseSync of node:sqlite" }]
  throw new StockbookError(new InvalidInput({ issues }))
}

const isHandle = (handle: unknown): handle is DatabaseSync =>
  Predicate.hasProperty(handle, "isTransaction") && Predicate.hasProperty(handle, "prepare")
