import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import type { IdentityDriver, Store } from "@stockbook/core"
import type { Layer } from "effect"
import { startServer, type TestServer } from "../../../../packages/adapter-pg/test/support/TestServer.ts"
import { ServiceProcess } from "./ServiceProcess.ts"

/** What is killed: the service over SQLite, the service over Postgres, or Postgres under the service. */
export const targets = ["sqlite", "postgres", "server"] as const
export type Target = (typeof targets)[number]

/** A service over a store of its own, and what is killed of it. */
export interface Setting {
  readonly service: ServiceProcess
  /** For a folder of files of this run. */
  readonly folder: string
  /** Opens the store beside the service, as a program of its own. */
  readonly store: Layer.Layer<Store | IdentityDriver, unknown>
  /** Kills the target with all its processes, as a power cut would, and starts it again: nothing else. */
  readonly crash: () => Promise<void>
  readonly close: () => Promise<void>
}

/** `args` are the service's Node's. */
export const settingOf = async (target: Target, args: ReadonlyArray<string> = []): Promise<Setting> => {
  const folder = mkdtempSync(join(tmpdir(), "stockbook-crashes-"))
  const server = target === "sqlite" ? null : await startServer()
  const filename = join(folder, "stock.db")
  const url = server === null ? "" : `${server.url}/postgres?sslmode=disable`
  const service = await ServiceProcess.at(
    {
      DATABASE_URL: server === null ? `sqlite:${filename}` : url,
      JWT_SECRET: "a secret that outlives each kill",
      REGISTRATION: "organizations",
      NODE_COMPILE_CACHE: join(tmpdir(), "stockbook-compile-cache")
    },
    args
  )
  await service.start()
  return {
    service,
    folder,
    store: server === null ? SqliteStore.layer({ filename }) : PgStore.layer({ url, maxConnections: 2 }),
    crash: target === "server" ? crashOf(server) : () => restarted(service),
    close: async () => {
      await service.kill()
      await server?.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const crashOf = (server: TestServer | null) => async () => server?.crash()

const restarted = async (service: ServiceProcess) => {
  await service.kill()
  await service.start()
}
