import type { Schema } from "effect"
import { validator } from "../engine/validate.ts"
import { certain } from "./ask.ts"

export { open as openFields } from "./inputs/options.ts"

/**
 * Checks what an adapter's `openStockbook` is given, by a schema of its own fields and `openFields`. Throws a
 * `StockbookError` (`InvalidInput`) that names each field that is wrong or unknown.
 */
export const openOptions = <S extends Schema.ConstraintDecoder<unknown>>(
  schema: S
): ((options: unknown) => S["Type"]) => {
  const decode = validator(schema)
  return (options) => certain(decode(options))
}
