import type { Server } from "node:http"
import { atLeast, jsonLines, stockbook, stopOnSignals } from "@stockbook/http"
import express from "express"
import { storeAt } from "../database/database.ts"
import { keptSecret } from "./secret.ts"
import type { DatabaseSettings, Settings } from "./settings.ts"
import { shortPauses } from "./shortPauses.ts"
import { telemetry } from "./telemetry.ts"

/**
 * Serves every API over the database of the settings until the process is told to stop (`SIGTERM`, `SIGINT`), and says
 * where once it listens. Rejects when the database cannot be opened or the port is taken.
 */
export const serve = async (settings: Settings): Promise<void> => {
  shortPauses()
  const { database } = settings
  const router = stockbook({
    store: await storeAt(database, { migrated: false }),
    tokens: { secret: secretOf(database) },
    registration: { setting: settings.registration },
    notifications: settings.notifications,
    log: atLeast(settings.logLevel, jsonLines()),
    ...(settings.telemetry === null ? {} : { telemetry: telemetry(settings.telemetry) }),
    ...(settings.metricsToken === null ? {} : { metrics: { token: settings.metricsToken } }),
    ...(settings.gateways.length > 0 ? { gateway: { addresses: settings.gateways } } : {})
  })
  await router.ready
  const app = express()
  app.disable("x-powered-by")
  app.use(router)
  const server = await listening(app, settings.port)
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : settings.port
  console.log(`Stockbook listens on http://localhost:${port}, its API documents are at /docs`)
  console.log(`Try: curl http://localhost:${port}/health`)
  stopOnSignals(server, { cleanup: router.close })
}

const secretOf = (database: DatabaseSettings): string =>
  database._tag === "Postgres" ? database.secret : (database.secret ?? keptSecret(database.filename))

const listening = (app: express.Express, port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server: Server = app.listen(port, (error) => (error === undefined ? resolve(server) : reject(error)))
  })
