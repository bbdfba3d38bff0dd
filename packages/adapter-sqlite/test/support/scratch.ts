import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Catalog, type IdentityDriver, Stockbook, StockEngine, type Store } from "@stockbook/core"
import { Effect, Layer, type Scope } from "effect"
import { SqliteStore } from "../../src/index.ts"

/** A path for a database that is gone when the scope closes. */
export const scratchFile: Effect.Effect<string, never, Scope.Scope> = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "stockbook-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  ),
  (folder) => join(folder, "stock.db")
)

/** Runs a program as a process of its own would: the file is opened for it and closed after it. */
export const inStore = <A, E>(
  filename: string,
  program: Effect.Effect<A, E, Stockbook.Stockbook | Store | IdentityDriver>
) =>
  Effect.provide(program, Stockbook.layer().pipe(Layer.provideMerge(SqliteStore.layer({ filename }))), { local: true })

/** An organization with one item and so many units of it. */
export const stocked = Effect.fnUntraced(function* (quantity: number) {
  const catalog = yield* Catalog
  const engine = yield* StockEngine
  const { id: organization } = yield* catalog.createOrganization("Acme")
  const { id: item } = yield* catalog.createItem(organization, { name: "Lamp" })
  yield* engine.execute({ _tag: "Receive", organization, lines: [{ item, quantity }] })
  return { organization, item }
})
