import { Schema } from "effect"
import { IntegerParam } from "./Integer.ts"

const MOST = 100
const DEFAULT_PAGE_SIZE = 20

/** `skip` and `limit` of a list; 100 rows at a time, at most and when nothing is said. */
export const skipAndLimit = {
  skip: Schema.optionalKey(IntegerParam.check(Schema.isGreaterThanOrEqualTo(0)).annotate({ default: 0 })),
  limit: Schema.optionalKey(
    IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: MOST })).annotate({ default: MOST })
  )
}

/** The rows a request asks for. */
export const rowsOf = (query: { readonly skip?: number; readonly limit?: number }) => ({
  offset: query.skip ?? 0,
  limit: query.limit ?? MOST
})

/** `page`, from 1, and `page_size`, to 100, of a list. */
export const pageAndSize = {
  page: Schema.optionalKey(
    IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000_000 })).annotate({ default: 1 })
  ),
  page_size: Schema.optionalKey(
    IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: MOST })).annotate({ default: DEFAULT_PAGE_SIZE })
  )
}

/** Where the page a request asks for lies in the list. */
export const pageOf = (query: { readonly page?: number; readonly page_size?: number }) => {
  const page = query.page ?? 1
  const limit = query.page_size ?? DEFAULT_PAGE_SIZE
  return { page, limit, offset: (page - 1) * limit }
}

/** `{items, total, page, page_size, total_pages}`. */
export const pagedView = <S extends Schema.Top>(row: S) =>
  Schema.Struct({
    items: Schema.Array(row),
    total: Schema.Int,
    page: Schema.Int,
    page_size: Schema.Int,
    total_pages: Schema.Int
  })

/** A page of a list in that shape. */
export const paged = <Row>(items: ReadonlyArray<Row>, total: number, at: ReturnType<typeof pageOf>) => ({
  items,
  total,
  page: at.page,
  page_size: at.limit,
  total_pages: Math.ceil(total / at.limit)
})
