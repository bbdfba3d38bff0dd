import { promiseSuite } from "@stockbook/core/testing"
import { Effect, Exit, Scope } from "effect"
import { afterAll, expect, it } from "vitest"
import { isStockbookError, openStockbook } from "../src/index.ts"
import { freshDatabase } from "./support/database.ts"

const scope = Scope.makeUnsafe()
const url = Effect.runPromise(Scope.provide(freshDatabase, scope))
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

promiseSuite("Postgres", async () => openStockbook({ url: await url }))

it("says with a code what is wrong with an address", async () => {
  const error = await openStockbook({ url: "postgres://localhost/stock?sslmode=maybe" }).catch(
    (error: unknown) => error
  )
  expect(isStockbookError(error) && error.code === "InvalidDatabaseUrl" && error.option).toBe("sslmode")
})

it.each([
  [undefined, ""],
  [{}, "url"],
  [{ url: 5 }, "url"],
  [{ url: "postgres://localhost/stock", maxconnections: 5 }, "maxconnections"],
  [{ url: "postgres://localhost/stock", maxConnections: 0 }, "maxConnections"],
  [{ url: "postgres://localhost/stock", ssl: "yes" }, "ssl"],
  [{ url: "postgres://localhost/stock", capacity: Number.NaN }, "capacity"]
])("is not opened with %j, and names the field", async (options, field) => {
  const open: (options: never) => Promise<unknown> = openStockbook
  const error = await open(options as never).catch((error: unknown) => error)
  expect(isStockbookError(error) && error.code === "InvalidInput" && error.issues[0]?.path.join(".")).toBe(field)
})

it("joins nothing but a client", async () => {
  await using stockbook = await openStockbook({ url: await url })
  const { within } = await stockbook.createOrganization("Acme")
  const join: (client: never) => unknown = within
  for (const client of [undefined, null, {}, "postgres://"]) expect(() => join(client as never)).toThrow("transaction")
})
