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
