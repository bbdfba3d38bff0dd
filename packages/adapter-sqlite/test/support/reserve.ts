// Reserves one unit at a time: `reserve <file> <organization> <item> <callers> <each> <prefix>`. Writes a line for each
// acknowledged reservation, its reference, before it asks for the next; `sold out` for a refused one.
import { writeSync } from "node:fs"
import { ItemId, OrganizationId, StockEngine } from "@stockbook/core"
import { Effect } from "effect"
import { inStore } from "./scratch.ts"

const [filename = "", organization, item, callers, each, prefix = ""] = process.argv.slice(2)

const program = Effect.gen(function* () {
  const engine = yield* StockEngine
  let next = 0
  const reserve = Effect.suspend(() => {
    const reference = `${prefix}-${++next}`
    return engine
      .execute({
        _tag: "Reserve",
        organization: OrganizationId.make(Number(organization)),
        reference,
        lines: [{ item: ItemId.make(Number(item)), quantity: 1 }]
      })
      .pipe(
        Effect.map(() => `${reference}\n`),
        Effect.catchTag("InsufficientStock", () => Effect.succeed("sold out\n")),
        Effect.tap((line) => Effect.sync(() => writeSync(1, line)))
      )
  })
  yield* Effect.all(
    Array.from({ length: Number(callers) }, () => Effect.repeat(reserve, { times: Number(each) - 1 })),
    { concurrency: "unbounded", discard: true }
  )
})

await Effect.runPromise(inStore(filename, program))
