// Trades until its stdin ends: `rival <url> <number>`. Each line it reads is `<trade> <organization> <item,…> <callers>
// <turns>`; it writes a line for each turn of each caller: what the trade says, or `sold out`, or `failed <why>`; and
// `over` when all have had their turns.
import { writeSync } from "node:fs"
import { createInterface } from "node:readline"
import { ItemId, OrganizationId, StockEngine } from "@stockbook/core"
import { Effect } from "effect"
import { inStore, type Place } from "./store.ts"
import { type Asker, type TradeName, trades } from "./trade.ts"

const [url = "", number] = process.argv.slice(2)

const isTrade = (name: string): name is TradeName => name in trades

const say = (line: string) => Effect.sync(() => writeSync(1, `${line}\n`))

const turn = Effect.fnUntraced(function* (trade: TradeName, place: Place, asker: Asker) {
  const engine = yield* StockEngine
  const { commands, line } = trades[trade](place, asker)
  const [first, ...others] = commands
  let last = yield* engine.execute(first.command, { idempotencyKey: first.key })
  for (const { command, key } of others) last = yield* engine.execute(command, { idempotencyKey: key })
  return line(last)
})

const answer = (trade: TradeName, place: Place, asker: Asker) =>
  Effect.matchEffect(turn(trade, place, asker), {
    onSuccess: say,
    onFailure: (error) =>
      say(
        error._tag === "InsufficientStock"
          ? "sold out"
          : `failed ${error._tag} ${error._tag === "StoreError" ? `${error.reason} ${error.message}` : ""}`
      )
  })

const carryOut = Effect.fnUntraced(function* (order: string) {
  const [name = "", organization, items = "", callers, turns] = order.split(" ")
  if (!isTrade(name)) return yield* Effect.die(`No such trade: ${order}`)
  const place: Place = {
    organization: OrganizationId.make(Number(organization)),
    items: items.split(",").map((item) => ItemId.make(Number(item)))
  }
  const caller = Effect.fnUntraced(function* (index: number) {
    for (let at = 0; at < Number(turns); at++) {
      yield* answer(name, place, { process: Number(number), caller: index, turn: at })
    }
  })
  yield* Effect.all(
    Array.from({ length: Number(callers) }, (_, index) => caller(index)),
    { concurrency: "unbounded", discard: true }
  )
  yield* say("over")
})

const program = Effect.gen(function* () {
  const orders = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  yield* say("over")
  while (true) {
    const order = yield* Effect.promise(() => orders.next())
    if (order.done === true) return
    yield* carryOut(order.value)
  }
})

await Effect.runPromise(inStore(url, program))
