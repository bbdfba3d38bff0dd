import { Effect, Option, Stream } from "effect"
import type { StoreError } from "../store/StoreError.ts"

/** The longest page any list gives. */
export const maxPageSize = 1000

/** The most rows a page of the ledger may leave out: what lies deeper is reached by narrowing the filter. */
export const maxOffset = 100_000

/** All rows of a keyset-paged reading, page by page. */
export const pages = <Row extends { readonly id: number }>(
  read: (after: number | undefined, limit: number) => Effect.Effect<ReadonlyArray<Row>, StoreError>
): Stream.Stream<Row, StoreError> =>
  Stream.paginate(undefined as number | undefined, (after) =>
    Effect.map(read(after, maxPageSize), (rows) => {
      const last = rows.length < maxPageSize ? undefined : rows.at(-1)
      return [rows, last === undefined ? Option.none() : Option.some<number | undefined>(last.id)] as const
    })
  )
