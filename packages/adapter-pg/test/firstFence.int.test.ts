import { PgClient } from "@effect/sql-pg/PgClient"
import { joinedEngine } from "@stockbook/core"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { layerClient } from "../src/client/connect.ts"
import { sessionOf } from "../src/client/Session.ts"
import { type Drivers, driversOf } from "../src/drivers.ts"
import { fencedDrivers } from "../src/fence/fencedDrivers.ts"
import { transactFencedOn } from "../src/stock/FencedStock.ts"
import { type FencedScene, fencedScene } from "./support/fencedScene.ts"
import { unfilteredClient, unfilteredLine } from "./support/unfiltered.ts"

const scene = fencedScene()

/** The drivers of a store, for who connects so, with its statements as they are or without their organization. */
const asked = <A>(url: string, whole: boolean, ask: (drivers: Drivers) => Effect.Effect<A, unknown>): Promise<A> =>
  Effect.runPromise(
    PgClient.use((client) => {
      const broken = whole ? client : unfilteredClient(client)
      return ask(fencedDrivers(driversOf(broken, sessionOf(broken, { sharded: false, fenced: true }, null))))
    }).pipe(Effect.provide(layerClient({ url, maxConnections: 1 }), { local: true }))
  )

const page = { order: "oldest", limit: 100 } as const
const list = { offset: 0, limit: 100 } as const
const how = { once: null, ifUpdatedAt: null }

/** What one organization asks, some of it about what the other has. */
const questions: Readonly<Record<string, (drivers: Drivers, scene: FencedScene) => Effect.Effect<unknown, unknown>>> = {
  item: ({ ledger }, { one, other }) => ledger.item(one.organization, other.item),
  everything: ({ ledger }, { one, other }) => ledger.everything(one.organization, other.item),
  serial: ({ ledger }, { one, other }) => ledger.serial(one.organization, other.item, "A"),
  holds: ({ ledger }, { one: { organization } }) => ledger.holds({ organization }, page),
  movements: ({ ledger }, { one: { organization } }) => ledger.movements({ organization }, page),
  "movements counted": ({ ledger }, { one: { organization } }) => ledger.countMovements({ organization }),
  "movements summed": ({ ledger }, { one: { organization } }) => ledger.sumMovements({ organization }),
  documents: ({ ledger }, { one: { organization } }) => ledger.documents({ organization }, page),
  "documents counted": ({ ledger }, { one: { organization } }) => ledger.countDocuments({ organization }),
  "item ids": ({ ledger }, { one: { organization } }) => ledger.itemIds(organization, 0, 100),
  changes: ({ ledger }, { one: { organization } }) =>
    Effect.map(ledger.changes(organization, "", 1000), ({ changes }) => changes),
  "catalogue item": ({ catalog }, { one, other }) => catalog.item(one.organization, other.item),
  "catalogue items": ({ catalog }, { one: { organization } }) =>
    catalog.items({ organization, ...list, sort: "name_asc" }),
  names: ({ catalog }, { one, other }) =>
    catalog.named(one.organization, [{ item: other.item, variation: null, batch: null }]),
  terms: ({ catalog }, { one: { organization } }) => catalog.terms("category", { organization, ...list }),
  partners: ({ catalog }, { one: { organization } }) => catalog.partners({ organization, ...list }),
  location: ({ catalog }, { one, other }) => catalog.location(one.organization, other.location),
  locations: ({ catalog }, { one: { organization } }) => catalog.locations({ organization, ...list }),
  reasons: ({ reasons }, { one: { organization } }) => reasons.list(organization),
  deliveries: ({ deliveries }, { one: { organization } }) => deliveries.list({ organization, ...list }),
  users: ({ identity }, { one: { organization } }) => identity.userFigures(organization, 0)
}

describe("Statements that do not say of which organization rows are", () => {
  it.each(Object.entries(questions))("answer alike where there is row-level security: %s", async (_, question) => {
    const { clerk, trespasser } = scene()
    const ask = (drivers: Drivers) => question(drivers, scene())
    const right = await asked(clerk.url, true, ask)
    expect(await asked(clerk.url, false, ask)).toEqual(right)
    // That they say so matters elsewhere.
    expect(await asked(trespasser.url, true, ask)).toEqual(right)
    expect(await asked(trespasser.url, false, ask)).not.toEqual(right)
  })

  it("find nothing of another organization to lock and to decide on", async () => {
    const { clerk, trespasser, one, other } = scene()
    const command = {
      _tag: "Issue",
      organization: one.organization,
      lines: [{ item: other.item, quantity: 1 }]
    } as const
    /** The items that a command was decided on, and what it was answered. */
    const decidedOn = (url: string) =>
      Effect.runPromise(
        PgClient.use((client) => {
          const transact = transactFencedOn(Effect.map(client.reserve, unfilteredLine))
          let found: ReadonlyArray<unknown> = []
          const { execute } = joinedEngine({
            transact: (footprint, fold) =>
              transact(footprint, (loaded) => {
                found = loaded.items.map(({ item }) => item)
                return fold(loaded)
              })
          })
          return Effect.map(Effect.flip(execute(command)), ({ _tag }) => [found, _tag])
        }).pipe(Effect.provide(layerClient({ url, maxConnections: 1 }), { local: true }))
      )
    expect(await decidedOn(clerk.url)).toEqual([[], "UnknownItem"])
    expect((await decidedOn(trespasser.url))[0]).toEqual([other.item])
  })

  it("change nothing of another organization", async () => {
    const { url, clerk, trespasser, one, other } = scene()
    const name = () =>
      asked(url, true, ({ catalog, reasons }) =>
        Effect.all([
          Effect.map(catalog.item(other.organization, other.item), (item) => item?.name),
          reasons.list(other.organization)
        ])
      )
    const change = ({ catalog, reasons }: Drivers) =>
      Effect.all([
        catalog.updateItem(one.organization, other.item, { name: "Taken" }, { uniqueName: false }, how),
        reasons.remove(one.organization, "fair")
      ])
    const before = await name()
    expect(await asked(clerk.url, false, change)).toEqual([null, true])
    expect(await name()).toEqual(before)
    await asked(trespasser.url, false, change)
    expect(await name()).not.toEqual(before)
  })
})
