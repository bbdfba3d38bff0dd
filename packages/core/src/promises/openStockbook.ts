import * as MemoryStore from "../store/memory/MemoryStore.ts"
import type { OpenOptions, OpenStockbook } from "./Opened.ts"
import { openStockbookIn } from "./openStockbookIn.ts"

/**
 * Opens a stockbook in this process's memory, for tests and trials: right in every respect, but gone with the process.
 * The adapters have a function of the same name that opens one in a file or a database.
 *
 * @example
 * ```ts
 * import { openStockbook } from "@stockbook/core"
 *
 * await using stockbook = await openStockbook()
 * const inventory = await stockbook.createOrganization("Acme")
 * const { id: item } = await inventory.items.create({ name: "Lamp" })
 * await inventory.receive({ lines: [{ item, quantity: 10 }] })
 * const { items } = await inventory.reserve({ lines: [{ item, quantity: 3 }], reference: "order-1" })
 * items[0]?.available // 7
 * ```
 */
export const openStockbook = (options: OpenOptions = {}): Promise<OpenStockbook> =>
  openStockbookIn(MemoryStore.layer, options)
