import { Schema } from "effect"
import { IntegerParam } from "../../fields/Integer.ts"
import { blankableParam, given } from "./fields.ts"

const most = 100
const usual = 10
const wide = 1000

const pagesOf = (most: number, usual: number) => ({
  page: blankableParam(
    IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000_000 })).annotate({ default: 1 })
  ),
  per_page: blankableParam(
    IntegerParam.check(Schema.isBetween({ minimum: 1, maximum: most })).annotate({ default: usual })
  )
})

/** `page`, from 1, and `per_page`, 1 to 100. */
export const pages = pagesOf(most, usual)

/** The same for lists that say nothing of their length, and are given as a whole unless there is very much of it. */
export const widePages = pagesOf(wide, wide)

interface Asked {
  readonly page?: number | ""
  readonly per_page?: number | ""
}

/** Where the page a request asks for lies in the list. */
export const sliceOf = (asked: Asked, unlessSaid: number = usual) => {
  const page = given(asked.page) ?? 1
  const limit = given(asked.per_page) ?? unlessSaid
  return { page, limit, offset: (page - 1) * limit }
}

/** Likewise of `widePages`. */
export const partOf = (asked: Asked): { readonly offset: number; readonly limit: number } => {
  const { offset, limit } = sliceOf(asked, wide)
  return { offset, limit }
}

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
