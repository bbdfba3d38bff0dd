import { Schema } from "effect"
import { IntegerParam } from "../../fields/Integer.ts"

const most = 100
const usual = 10

/** `page`, from 1, and `per_page`, 1 to 100. */
export const pages = {
  page: Schema.optionalKey(
    IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000_000 })).annotate({ default: 1 })
  ),
  per_page: Schema.optionalKey(
    IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: most })).annotate({ default: usual })
  )
}

/** Where the page a request asks for lies in the list. */
export const sliceOf = ({ page = 1, per_page = usual }: { readonly page?: number; readonly per_page?: number }) => ({
  page,
  limit: per_page,
  offset: (page - 1) * per_page
})

/** A page of a list, with how long the list is. */
export const Paged = <S extends Schema.Top>(row: S) =>
  Schema.Struct({
    current_page: Schema.Int,
    data: Schema.Array(row),
    per_page: Schema.Int,
    total: Schema.Int,
    last_page: Schema.Int
  })

export const paged = <Row>(rows: ReadonlyArray<Row>, total: number, at: ReturnType<typeof sliceOf>) => ({
  current_page: at.page,
  data: rows,
  per_page: at.limit,
  total,
  last_page: Math.max(1, Math.ceil(total / at.limit))
})
