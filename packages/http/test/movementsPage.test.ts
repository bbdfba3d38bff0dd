import { ItemId, type Movement, OrganizationId, type Page, type StockQueries } from "@stockbook/core"
import { Effect } from "effect"
import { expect, it } from "vitest"
import { movementsPage } from "../src/apis/movementsPage.ts"

const organization = OrganizationId.make(1)

/** A ledger of so many movements, and how many rows the last page skipped. */
const ledgerOf = (length: number) => {
  const ids = Array.from({ length }, (_, n) => n + 1)
  const seen = { skipped: 0 }
  const movements = (_: object, { order, offset = 0, limit }: Page) => {
    seen.skipped = offset
    const found = (order === "oldest" ? ids : ids.toReversed()).slice(offset, offset + limit)
    return Effect.succeed(found.map((id) => ({ id, item: ItemId.make(1) }) as Movement))
  }
  return { queries: { movements } as unknown as StockQueries["Service"], seen }
}

it("each page of a ledger is what lies there, and none skips more than half of it", async () => {
  for (const length of [0, 1, 9, 10, 11, 24, 25]) {
    const { queries, seen } = ledgerOf(length)
    for (const order of ["newest", "oldest"] as const) {
      const all = Array.from({ length }, (_, n) => (order === "newest" ? length - n : n + 1))
      for (let offset = 0; offset < length + 10; offset += 5) {
        seen.skipped = 0
        const page = { offset, limit: 5, order }
        const rows = await Effect.runPromise(movementsPage(queries, { organization }, page, length))
        expect(rows.map(({ id }) => id)).toEqual(all.slice(offset, offset + 5))
        if (order === "newest") expect(seen.skipped).toBeLessThanOrEqual(length / 2)
      }
    }
  }
})

it("what comes after a ledger was counted moves no page beyond its middle", async () => {
  const { queries } = ledgerOf(13)
  const page = { offset: 8, limit: 2, order: "newest" } as const
  const rows = await Effect.runPromise(movementsPage(queries, { organization }, page, 10))
  expect(rows.map(({ id }) => id)).toEqual([2, 1])
})
