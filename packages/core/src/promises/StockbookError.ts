import type * as CatalogErrors from "../catalog/CatalogError.ts"
import type { CommandError, EngineClosed } from "../engine/EngineError.ts"
import type { NoTransaction } from "../engine/JoinedEngine.ts"
import type { Plain } from "./Plain.ts"

/** What opening a store may fail with, beside `StoreError`. */
interface NewerSchema {
  readonly _tag: "NewerSchema"
  /** The version the database has. */
  readonly found: number
  /** The newest version this program knows. */
  readonly supported: number
}
interface InvalidDatabaseUrl {
  readonly _tag: "InvalidDatabaseUrl"
  /** The parameter that is wrong; `url` for the address itself. */
  readonly option: string
  readonly problem: string
}
interface NoRowLevelSecurity {
  readonly _tag: "NoRowLevelSecurity"
  readonly reason: "tables" | "superuser" | "bypassrls" | "sharded"
  /** The role that the store connects as. */
  readonly role: string
  readonly tables: ReadonlyArray<string>
}

type CatalogError = InstanceType<(typeof CatalogErrors)[keyof typeof CatalogErrors]>
type Failure = CommandError | NoTransaction | CatalogError | NewerSchema | NoRowLevelSecurity | InvalidDatabaseUrl

/** Every `code` there is. */
export type StockbookErrorCode = Failure["_tag"]

/** The fields that come with a code, such as `available` and `requested` with `InsufficientStock`. */
export type StockbookErrorFields<Code extends StockbookErrorCode> = FieldsOf<Extract<Failure, { readonly _tag: Code }>>

/** Without what every failure has: `EngineClosed` has no fields. */
type FieldsOf<E> = { readonly [K in Exclude<keyof E, keyof EngineClosed>]: Plain<E[K]> }

class StockbookFailure extends Error {
  readonly code: string

  constructor(failure: { readonly _tag: string; readonly message?: string; readonly cause?: unknown }) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause })
    const { _tag, ...fields } = failure
    Object.assign(this, { ...fields, message: this.message })
    this.code = _tag
  }
}
Object.defineProperty(StockbookFailure, "name", { value: "StockbookError" })
Object.defineProperty(StockbookFailure.prototype, "name", { value: "StockbookError" })

/**
 * Why something was not done. `code` says which; `switch` on it, and the fields that come with it are known. Nothing was
 * changed, but for a `StoreError` whose `reason` is `unknown`: then it is not known.
 *
 * @example
 * ```ts
 * import { isStockbookError, openStockbook } from "@stockbook/core"
 *
 * await using stockbook = await openStockbook()
 * const inventory = await stockbook.createOrganization("Acme")
 * const { id: item } = await inventory.items.create({ name: "Lamp" })
 * await inventory.receive({ lines: [{ item, quantity: 2 }] })
 *
 * let missing = 0
 * try {
 *   await inventory.issue({ lines: [{ item, quantity: 5 }] })
 * } catch (error) {
 *   if (isStockbookError(error) && error.code === "InsufficientStock") missing = error.requested - error.available
 * }
 * missing // 3
 * ```
 */
export type StockbookError<Code extends StockbookErrorCode = StockbookErrorCode> = {
  readonly [C in Code]: Error & { readonly code: C } & StockbookErrorFields<C>
}[Code]

/** The class of it, for `instanceof`. */
export const StockbookError: {
  new (failure: {
    readonly _tag: StockbookErrorCode
    readonly message?: string
    readonly cause?: unknown
  }): StockbookError
  readonly prototype: StockbookError
} = StockbookFailure as never

/** Whether what was caught is one of the library's refusals and failures; all else is a defect. */
export const isStockbookError = (error: unknown): error is StockbookError => error instanceof StockbookFailure
