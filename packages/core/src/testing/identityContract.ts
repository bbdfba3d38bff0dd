import { assert, describe } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import { OrganizationId } from "../catalog/Organization.ts"
import { IdentityDriver, type Placement } from "../identity/IdentityDriver.ts"
import { layer as stockbook } from "../Stockbook.ts"
import type { Store } from "../store/Store.ts"
import { outcomeTag, scenario } from "./scenario.ts"
import type { Register } from "./suite.ts"

const insert = (name: string, placement: Placement, email = `${name}@example.test`) =>
  IdentityDriver.use((driver) =>
    driver.insertUser({
      user: {
        email,
        emailKey: email.toLowerCase(),
        username: name,
        usernameKey: name.toLowerCase(),
        fullName: null,
        firstName: "Ada",
        lastName: null,
        role: "staff",
        createdAt: 1000
      },
      passwordHash: `hash of ${name}`,
      placement
    })
  )

/** Users. */
export const identityContract = (it: Register, fresh: Layer.Layer<Store | IdentityDriver, unknown>): void => {
  describe("users", () => {
    it.effect("found the first organization once, with its two locations, however many try at once", () =>
      Effect.gen(function* () {
        const driver = yield* IdentityDriver
        assert.strictEqual(yield* driver.countUsers, 0)
        assert.isNull(yield* driver.defaultOrganization)
        const tags = yield* Effect.all(
          Array.from({ length: 8 }, (_, n) =>
            outcomeTag(insert(`first${n}`, { _tag: "FoundFirst", organizationName: "Acme" }))
          ),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(tags.filter((tag) => tag === "Success").length, 1)
        assert.strictEqual(tags.filter((tag) => tag === "NotEmpty").length, 7)
        assert.strictEqual(yield* driver.countUsers, 1)
        const user = yield* driver.getUser(1)
        const catalog = yield* Catalog
        assert.strictEqual(yield* driver.defaultOrganization, user?.organization ?? null)
        const organization = OrganizationId.make(user?.organization ?? 0)
        const { rows } = yield* catalog.locations({ organization, offset: 0, limit: 10 })
        assert.deepStrictEqual(
          rows.map((row) => row.name),
          ["Main Warehouse", "Secondary Warehouse"]
        )
      }).pipe(Effect.provide(Layer.fresh(Layer.provideMerge(stockbook(), fresh))))
    )

    it.effect("have an e-mail address and a username nobody else has, in any spelling of case", () =>
      Effect.gen(function* () {
        const { organization } = yield* scenario
        const join: Placement = { _tag: "Join", organization }
        const row = yield* insert(`ada${organization}`, join)
        assert.deepInclude(row, { organization, role: "staff", firstName: "Ada", fullName: null, createdAt: 1000 })
        assert.strictEqual(
          yield* outcomeTag(insert(`bob${organization}`, join, `ADA${organization}@example.test`)),
          "EmailTaken"
        )
        assert.strictEqual(yield* outcomeTag(insert(`ADA${organization}`, join, "else@example.test")), "UsernameTaken")
        const driver = yield* IdentityDriver
        const byName = yield* driver.findByLogin(`ada${organization}`)
        const byEmail = yield* driver.findByLogin(`ada${organization}@example.test`)
        assert.deepStrictEqual(byName, { user: row, passwordHash: `hash of ada${organization}` })
        assert.deepStrictEqual(byEmail, byName)
        assert.isNull(yield* driver.findByLogin("nobody"))
        assert.deepStrictEqual(yield* driver.getUser(row.id), row)
      })
    )

    it.effect("found organizations of their own", () =>
      Effect.gen(function* () {
        const name = `own${(yield* scenario).organization}`
        const row = yield* insert(name, { _tag: "Found", organizationName: "Own" })
        const catalog = yield* Catalog
        const own = yield* catalog.organization(OrganizationId.make(row.organization))
        assert.strictEqual(own?.name, "Own")
      })
    )
  })
}
