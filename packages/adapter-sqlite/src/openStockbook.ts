import type { DatabaseSync } from "node:sqlite"
import { type OpenOptions, type OpenStockbook, openStockbookIn } from "@stockbook/core"
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
 * Rejects with the codes `NewerSchema`, when a newer program migrated the file, and `StoreError`, when it cannot be
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
export const openStockbook = ({ filename, ...options }: OpenSqliteOptions): Promise<OpenStockbook<DatabaseSync>> =>
  openStockbookIn(layer({ filename }), options, joinedSqlite)
