export type { Catalogue } from "./Catalogue.ts"
export type { Commands, LinkedCommand } from "./Commands.ts"
export type { Inventory } from "./Inventory.ts"
export type * as Plain from "./models.ts"
export type { OpenOptions, OpenStockbook } from "./Opened.ts"
export type { CallOptions, CommandOptions } from "./options.ts"
export {
  isStockbookError,
  StockbookError,
  type StockbookErrorCode,
  type StockbookErrorFields
} from "./StockbookError.ts"
