import { existsSync } from "node:fs"
import type { DatabaseSync } from "node:sqlite"
import { sqlCatalog, sqlDeliveries, sqlIdentity, sqlLedger, sqlReasons, sqlReplies } from "@stockbook/adapter-sql"
import { IdentityDriver, type JoinedEngine, joinedEngine, Store, StoreError } from "@stockbook/core"
import { Context, Effect, Layer } from "effect"
import { sessionOf } from "./client/Session.ts"
import * as Client from "./client/SqliteClient.ts"
import { readChanges, readHead } from "./ledger/changes.ts"
import { clear } from "./retention/clear.ts"
import type { NewerSchema } from "./schema/NewerSchema.ts"
import * as SqliteMigrations from "./schema/SqliteMigrations.ts"
import { joinedSqlite } from "./stock/joinedSqlite.ts"
import { sqliteStock } from "./stock/SqliteStock.ts"

/**
 * The store over a client that is there already; the schema must have been migrated. A layer of its own for each call:
 * layers are shared by reference, and a program may hold several stores.
 */
export const layerWithClient = (): Layer.Layer<Store | IdentityDriver, never, Client.SqliteClient> =>
  Layer.effectContext(Effect.map(Client.SqliteClient, storeOf))

const storeOf = (client: Client.SqliteClient): Context.Context<Store | IdentityDriver> => {
  const session = sessionOf(client)
  return Context.make(
    Store,
    Store.of({
      stock: sqliteStock(client),
      ledger: {
        ...sqlLedger(session),
        changes: (organization, cursor, limit, only) =>
          session.snapshot(readChanges(client, organization, cursor, limit, only)),
        head: session.read(readHead(client))
      },
      catalog: sqlCatalog(session),
      reasons: sqlReasons(session),
      deliveries: sqlDeliveries(session),
      replies: sqlReplies(session),
      clear: clear(client),
      ready: Effect.asVoid(session.read(client`SELECT next FROM sequences WHERE name = 'ledger'`))
    })
  ).pipe(Context.add(IdentityDriver, sqlIdentity(session)))
}

/**
 * The store over a file that is there and was migrated beforehand. Fails with `NewerSchema` when a newer program
 * migrated it, and with `StoreError` when there is no such file or it was not migrated as far as this program needs.
 */
export const layerWithoutMigrations = (
  config: Client.SqliteClientConfig
): Layer.Layer<Store | IdentityDriver, StoreError | NewerSchema> =>
  layerWithClient().pipe(
    Layer.provide(SqliteMigrations.layerCheck()),
    Layer.provide(
      Layer.unwrap(
        Effect.suspend(() =>
          config.filename === ":memory:" || existsSync(config.filename)
            ? Effect.succeed(Client.layer(config))
            : Effect.fail(
                new StoreError({ reason: "unavailable", message: `There is no file ${config.filename}`, cause: null })
              )
        )
      )
    )
  )

/**
 * A store in one SQLite file, or in memory (`:memory:`), with Node's own driver. The file is made and migrated when
 * need be. Any number of processes on one machine may use one file at the same time; a network file system will not do.
 *
 * Fails with `NewerSchema` when a newer program migrated the file, and with `StoreError` when it cannot be opened.
 *
 * @example
 * ```ts
 * import { SqliteStore } from "@stockbook/adapter-sqlite"
 * import { Catalog, Stockbook } from "@stockbook/core"
 * import { Effect, Layer } from "effect"
 *
 * const program = Effect.flatMap(Catalog, (catalog) => catalog.createOrganization("Acme"))
 * const stockbook = Stockbook.layer().pipe(Layer.provideMerge(SqliteStore.layer({ filename: ":memory:" })))
 * const acme = await Effect.runPromise(Effect.provide(program, stockbook))
 * // acme.name === "Acme"
 * ```
 */
export const layer = (
  config: Client.SqliteClientConfig
): Layer.Layer<Store | IdentityDriver, StoreError | NewerSchema> =>
  layerWithClient().pipe(Layer.provide(SqliteMigrations.layer()), Layer.provide(Client.layer(config)))

/**
 * An engine within the transaction that a handle of the same file has begun: what it carries out commits and rolls back
 * with what the host writes there. Without a transaction its commands fail with `NoTransaction`.
 */
export const within = (handle: DatabaseSync): JoinedEngine => joinedEngine(joinedSqlite(handle))
