import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import type { IdentityDriver, Store } from "@stockbook/core"
import type { Layer } from "effect"
import { startServer } from "../../../../packages/adapter-pg/test/support/TestServer.ts"
import type { Audit } from "./audit.ts"
import type { World } from "./jobs.ts"
import type { Load } from "./Load.ts"
import { ServiceProcess } from "./ServiceProcess.ts"

/** What is killed: the service over SQLite, the service over Postgres, or Postgres under the service. */
export const targets = ["sqlite", "postgres", "server"] as const
export type Target = (typeof targets)[number]

/** A service over a store of its own, and what happens to it. */
export interface Setting {
  readonly service: ServiceProcess
  /** For a folder of files of this run. */
  readonly folder: string
  /** Opens the store beside the service, as a program of its own. */
  readonly store: Layer.Layer<Store | IdentityDriver, unknown>
  /**
   * Makes trouble while the client trades: kills the target with all its processes and starts it again, and does nothing
   * else for it. Tells what went wrong meanwhile.
   */
  readonly trouble: (world: World, load: Load, audit: Audit) => Promise<ReadonlyArray<string>>
  /** Whether the service is to live through it. */
  readonly staysUp: boolean
  readonly close: () => Promise<void>
}

/** `args` are the service's Node's. */
export const settingOf = async (target: Target, args: ReadonlyArray<string> = []): Promise<Setting> => {
  const folder = mkdtempSync(join(tmpdir(), "stockbook-crashes-"))
  const server = target === "sqlite" ? null : await startServer()
  const filename = join(folder, "stock.db")
  const url = server === null ? "" : `${server.url}/postgres?sslmode=disable`
  const service = await serviceOver(server === null ? `sqlite:${filename}` : url, args)
  return {
    service,
    folder,
    store: server === null ? SqliteStore.layer({ filename }) : PgStore.layer({ url, maxConnections: 2 }),
    staysUp: target === "server",
    trouble: async () => {
      await (target === "server" ? server?.crash() : restarted(service))
      return []
    },
    close: async () => {
      await service.kill()
      await server?.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** A service over a database; it answers. */
export const serviceOver = async (database: string, args: ReadonlyArray<string> = []): Promise<ServiceProcess> => {
  const service = await ServiceProcess.at(
    {
      DATABASE_URL: database,
      JWT_SECRET: "a secret that outlives each kill",
      REGISTRATION: "organizations",
      NODE_COMPILE_CACHE: join(tmpdir(), "stockbook-compile-cache")
    },
    args
  )
  await service.start()
  return service
}

const restarted = async (service: ServiceProcess) => {
  await service.kill()
  await service.start()
}
