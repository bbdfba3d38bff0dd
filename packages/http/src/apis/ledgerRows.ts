import { maxOffset } from "@stockbook/core"
import { Effect } from "effect"
import { unprocessable } from "../exchange/Instead.ts"

/** Where a page lies in a list. */
interface At {
  readonly offset: number
  readonly limit: number
}

/**
 * A page of a list that the ledger keeps. There is nothing past its end, however far that is; what there is deeper than
 * the ledger gives is refused by the field that asks for it, `page` or `skip`, and reached by filters or in the other order.
 */
export const ledgerRows = <A, E, R, E2, R2>(
  { offset, limit }: At,
  field: "page" | "skip",
  rows: Effect.Effect<ReadonlyArray<A>, E, R>,
  total: Effect.Effect<number, E2, R2>
): Effect.Effect<ReadonlyArray<A>, E | E2, R | R2> => {
  if (offset <= maxOffset) return rows
  const [asked, most] = field === "skip" ? [offset, maxOffset] : [offset / limit + 1, Math.floor(maxOffset / limit) + 1]
  return Effect.flatMap(total, (count) =>
    count <= offset
      ? Effect.succeed([])
      : unprocessable([
          {
            type: "less_than_equal",
            loc: ["query", field],
            msg: `Input should be less than or equal to ${most}`,
            input: String(asked),
            ctx: { le: most }
          }
        ])
  )
}
