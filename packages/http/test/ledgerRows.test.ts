import { Effect, Exit } from "effect"
import { HttpServerResponse } from "effect/http"
import { expect, it } from "vitest"
import { ledgerRows } from "../src/apis/ledgerRows.ts"
import { Instead } from "../src/exchange/Instead.ts"
import { detailShape } from "../src/problems/ErrorShape.ts"

const rows = Effect.succeed(["a row"])
const asked = (offset: number, limit: number, field: "page" | "skip", total: number) =>
  Effect.runSyncExit(ledgerRows({ offset, limit }, field, rows, Effect.succeed(total)))

it.each([
  ["as deep as the ledger gives", 100_000, 1_000_000, ["a row"]],
  ["past the end of a long ledger", 200_000, 200_000, []],
  ["far past the end of a short one", Number.MAX_SAFE_INTEGER, 3, []]
])("a page is read %s", (_, offset, total, expected) => {
  expect(asked(offset, 20, "skip", total)).toEqual(Exit.succeed(expected))
})

it.each([
  ["page", 100_020, 20, "5002", 5001],
  ["skip", 100_001, 20, "100001", 100_000]
] as const)("what there is deeper is refused by its %s", async (field, offset, limit, input, le) => {
  const exit = asked(offset, limit, field, 200_000)
  const [reason] = Exit.isFailure(exit) ? exit.cause.reasons : []
  const instead = reason?._tag === "Die" ? reason.defect : undefined
  if (!(instead instanceof Instead)) throw new Error("It was not refused")
  const answer = HttpServerResponse.toWeb(instead.answer(detailShape))
  expect(answer.status).toBe(422)
  const msg = `Input should be less than or equal to ${le}`
  const detail = [{ type: "less_than_equal", loc: ["query", field], msg, input, ctx: { le } }]
  expect(await answer.json()).toEqual({ detail })
})
