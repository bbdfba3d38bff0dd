import { globSync, readFileSync } from "node:fs"
import { OrganizationId } from "@stockbook/core"
import { Effect } from "effect"
import { expect, it } from "vitest"
import { fenced } from "../src/fence/fenced.ts"
import { CurrentReach, type Reach } from "../src/fence/Reach.ts"
import {
  catalogReaches,
  deliveryReaches,
  identityReaches,
  ledgerReaches,
  oneOrAll,
  reasonReaches,
  replyReaches
} from "../src/fence/reaches.ts"

const all = {
  catalog: catalogReaches,
  deliveries: deliveryReaches,
  identity: identityReaches,
  ledger: ledgerReaches,
  reasons: reasonReaches,
  replies: replyReaches
}

it("reaches the rows of all organizations in these calls only", () => {
  const calls = Object.entries(all).flatMap(([driver, reaches]) =>
    Object.entries(reaches)
      .filter(([, reach]) => reach === "all")
      .map(([name]) => `${driver}.${name}`)
  )
  expect(calls).toEqual([
    "catalog.insertOrganization",
    "catalog.organizations",
    "catalog.ownerOf",
    "deliveries.add",
    "deliveries.claim",
    "deliveries.clear",
    "identity.insertUser",
    "identity.findByLogin",
    "identity.getUser",
    "identity.countUsers",
    "identity.defaultOrganization",
    "ledger.dueHolds",
    "ledger.dueBatches"
  ])
})

const one = OrganizationId.make(1)

/** What a reach that goes by the arguments of a call says of these. */
const said = <Args extends ReadonlyArray<unknown>>(reach: Reach | ((...args: Args) => Reach), ...args: Args) =>
  typeof reach === "function" ? reach(...args) : reach

it("reaches the rows of all organizations where a call may name one and does not", () => {
  for (const organization of [null, one]) {
    const wanted = organization ?? "all"
    expect([
      oneOrAll(organization),
      said(deliveryReaches.list, { organization, offset: 0, limit: 1 }),
      said(deliveryReaches.redrive, { organization })
    ]).toEqual([wanted, wanted, wanted])
  }
  expect([ledgerReaches.itemIds, ledgerReaches.changes]).toEqual([oneOrAll, oneOrAll])
})

it("is said nowhere else", () => {
  const saying = globSync("packages/adapter-pg/src/**/*.ts").filter((file) =>
    /provideService\([^)]*CurrentReach|setReach\(/.test(readFileSync(file, "utf8"))
  )
  expect(saying.map((file) => file.replace(/^.*src\//, "")).sort()).toEqual([
    "client/Session.ts",
    "fence/Reach.ts",
    "fence/fenced.ts",
    "retention/clearWith.ts",
    "schema/PgMigrations.ts"
  ])
})

it("is the organization a call begins with, by itself or among what else it says", async () => {
  const driver = fenced(
    {
      own: (_organization: OrganizationId) => CurrentReach,
      among: (_filter: { readonly organization: OrganizationId }) => CurrentReach,
      second: (_kind: string, _organization: OrganizationId) => CurrentReach,
      always: CurrentReach
    },
    { second: (_, organization) => organization, always: "none" }
  )
  const reached = await Effect.runPromise(
    Effect.all([driver.own(one), driver.among({ organization: one }), driver.second("kind", one), driver.always])
  )
  expect(reached).toEqual([one, one, one, "none"])
})
