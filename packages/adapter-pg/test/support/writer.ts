// Works until its stdin ends: `writer <url> <organization> <item,…> <life> <insistent> <once> <keyless>`, the last three
// being how many callers ask in each manner. Before it asks it writes `asked <name>`; then, before it asks for the next,
// `done <name>` or, when it gives up, `failed <name> <reason>`. It ends at once should a rule refuse anything.
import { writeSync } from "node:fs"
import { ItemId, OrganizationId, StockEngine, type StoreError } from "@stockbook/core"
import { Effect, Schedule } from "effect"
import { jobOf, type Manner, nameOf } from "./job.ts"
import { inStore, type Place } from "./store.ts"

const [url = "", organization, items = "", life = "", insistent, once, keyless] = process.argv.slice(2)

const place: Place = {
  organization: OrganizationId.make(Number(organization)),
  items: items.split(",").map((item) => ItemId.make(Number(item)))
}

const say = (line: string) => Effect.sync(() => writeSync(1, `${line}\n`))

let over = false
process.stdin.once("end", () => {
  over = true
})
process.stdin.resume()

const isStoreError = (error: { readonly _tag: string }): error is StoreError => error._tag === "StoreError"

const program = Effect.gen(function* () {
  const engine = yield* StockEngine

  const ask = (name: string) => {
    const { command, manner } = jobOf(place, name)
    const asked = engine.execute(command, manner === "keyless" ? {} : { idempotencyKey: name })
    return Effect.andThen(
      say(`asked ${name}`),
      manner === "insistent"
        ? Effect.retry(asked, { while: isStoreError, schedule: Schedule.spaced("10 millis") })
        : asked
    ).pipe(
      Effect.matchEffect({
        onSuccess: () => say(`done ${name}`),
        onFailure: (error) =>
          isStoreError(error)
            ? // Not again at once: without a server it would fail thousands of times.
              Effect.delay(say(`failed ${name} ${error.reason}`), "10 millis")
            : Effect.die(new Error(`${name} was refused: ${error._tag} ${error.message}`))
      })
    )
  }

  const caller = Effect.fnUntraced(function* (manner: Manner, index: number) {
    for (let step = 0; !over; step++) yield* ask(nameOf(life, manner, index, step))
  })

  const callers = (manner: Manner, count: string | undefined) =>
    Array.from({ length: Number(count) }, (_, index) => caller(manner, index))

  yield* say("ready")
  yield* Effect.all([...callers("insistent", insistent), ...callers("once", once), ...callers("keyless", keyless)], {
    concurrency: "unbounded",
    discard: true
  })
})

await Effect.runPromise(inStore(url, program))
