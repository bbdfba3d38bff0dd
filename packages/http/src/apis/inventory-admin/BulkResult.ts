import { Schema } from "effect"

const BulkRowResult = Schema.Struct({
  product_id: Schema.Int,
  status: Schema.Literals(["updated", "failed", "not_updated"]),
  error: Schema.optionalKey(Schema.String)
})
export type BulkRowResult = typeof BulkRowResult.Type

const fields = { updated: Schema.Int, failed: Schema.Int, results: Schema.Array(BulkRowResult) }

/** What became of each row, in their order. */
export const BulkResult = Schema.Struct(fields)

/** 409: some rows were refused and all were to be done or none. Those `not_updated` would have been. */
export class BulkRefused extends Schema.Error<BulkRefused>("BulkRefused")(
  { detail: Schema.String, ...fields },
  { description: "Some rows were refused, so that none was done.", httpApiStatus: 409 }
) {}

/** The results with their counts. */
export const bulkResult = (results: ReadonlyArray<BulkRowResult>): typeof BulkResult.Type => ({
  updated: results.filter(({ status }) => status === "updated").length,
  failed: results.filter(({ status }) => status === "failed").length,
  results
})
