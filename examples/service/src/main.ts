import { InvalidDatabaseUrl, PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { stockbook, stopOnSignals } from "@stockbook/http"
import express from "express"
import { keptSecret } from "./secret.ts"
import { type DatabaseSettings, readSettings, type Settings, SettingsError } from "./settings.ts"

/** The store the settings ask for, and the secret that goes with it. */
const open = (database: DatabaseSettings) =>
  database._tag === "Postgres"
    ? { store: PgStore.layer({ url: database.url }), secret: database.secret }
    : {
        store: SqliteStore.layer({ filename: database.filename }),
        secret: database.secret ?? keptSecret(database.filename)
      }

const start = async (settings: Settings) => {
  const { store, secret } = open(settings.database)
  const router = stockbook({
    store,
    tokens: { secret },
    registration: { setting: settings.registration },
    notifications: settings.notifications,
    ...(settings.gateways.length > 0 ? { gateway: { addresses: settings.gateways } } : {})
  })
  await router.ready
  const app = express()
  app.disable("x-powered-by")
  app.use(router)
  const server = app.listen(settings.port, (error) => {
    if (error !== undefined) return fail(error)
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : settings.port
    console.log(`Stockbook listens on http://localhost:${port}, its API documents are at /docs`)
    console.log(`Try: curl http://localhost:${port}/health`)
  })
  stopOnSignals(server, { cleanup: router.close })
}

/** Says what went wrong, in one line when it is a matter of settings. */
const fail = (error: unknown) => {
  const ofSettings = error instanceof SettingsError || error instanceof InvalidDatabaseUrl
  console.error(ofSettings ? error.message : error)
  process.exit(1)
}

try {
  await start(readSettings(process.env))
} catch (error) {
  fail(error)
}
