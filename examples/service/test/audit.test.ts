import { Catalog, MemoryStore, Stockbook, StockEngine } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { describe, expect, it } from "vitest"
import { Audit } from "../scripts/crashes/audit.ts"
import { opening } from "../scripts/crashes/founding.ts"
import type { Entry } from "../scripts/crashes/Load.ts"

const answered: Entry = { said: "answered", name: "0.0", status: 201, text: `{"id":1}` }
const lost: Entry = { said: "lost", name: "0.0", why: "ECONNRESET" }

/** What an audit finds after a purchase of ten was carried out so often, of which the client said this. */
const findings = (times: number, said: Entry | null) =>
  Effect.gen(function* () {
    const catalog = yield* Catalog
    const engine = yield* StockEngine
    const { id: organization } = yield* catalog.createOrganization("Acme")
    const { id: item } = yield* catalog.createItem(organization, { name: "Own" })
    const receive = (quantity: number, reference?: string) =>
      engine.execute({
        _tag: "Receive",
        organization,
        lines: [{ item, quantity }],
        ...(reference ? { reference } : {})
      })
    yield* receive(opening)
    for (let n = 0; n < times; n++) yield* receive(10, "0.0")
    const ids = { organization, main: 1, secondary: 2, hot: item, supplier: 1, customer: 2 }
    const audit = new Audit({ origin: "", token: "", callers: [{ product: item, stock: 1 }], ...ids })
    const heard = audit.hear(said === null ? [] : [said])
    return [...heard, ...(yield* audit.inStore()), ...(yield* audit.verify())]
  }).pipe(Effect.provide(Stockbook.layer().pipe(Layer.provideMerge(MemoryStore.layer))), Effect.runPromise)

describe("The audit after a crash", () => {
  it("is content with what was answered once, and with what was lost and is there or not", async () => {
    expect(await findings(1, answered)).toEqual([])
    expect(await findings(0, lost)).toEqual([])
    expect(await findings(1, lost)).toEqual([])
    expect(await findings(0, null)).toEqual([])
  })

  it("finds what was answered and is missing, or there twice, and what nobody asked for", async () => {
    expect(await findings(0, answered)).toContain("0.0 was answered and is there 0 times")
    expect(await findings(2, answered)).toContain("0.0 was answered and is there 2 times")
    expect(await findings(2, lost)).not.toEqual([])
    expect(await findings(1, null)).not.toEqual([])
  })

  it("finds an answer other than 503, and one that is not the first", async () => {
    const refused: Entry = { said: "refused", name: "0.0", status: 500, text: "{}" }
    expect(await findings(0, refused)).toEqual(["0.0 was refused: 500 {}"])
    const differs: Entry = { said: "differs", name: "0.0", status: 201, text: "{}" }
    expect(await findings(0, differs)).toHaveLength(1)
  })
})
