import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PgStore } from "@stockbook/adapter-pg"
import { SqliteStore } from "@stockbook/adapter-sqlite"
import { runAs } from "../../../../packages/adapter-pg/test/support/admin.ts"
import { startServer, type TestServer } from "../../../../packages/adapter-pg/test/support/TestServer.ts"
import type { Audit } from "./audit.ts"
import type { World } from "./jobs.ts"
import type { Load } from "./Load.ts"
import { SmallDisk } from "./SmallDisk.ts"
import { type Setting, serviceOver } from "./targets.ts"

/** What is on the small disk: the SQLite file, the tables of a Postgres database, or all that Postgres has. */
export const diskTargets = ["sqlite", "postgres", "wal"] as const
export type DiskTarget = (typeof diskTargets)[number]

/** Megabytes. A Postgres database begins with eight; a server of its own with its log and programs, at some two hundred. */
const sizes: Readonly<Record<DiskTarget, number>> = { sqlite: 32, postgres: 64, wal: 400 }

/** So many refusals are waited for, so that all callers meet the full disk. */
const enough = 24

/** A service over a store on a small disk, which is full for a while in every round. */
export const fullDiskOf = async (target: DiskTarget): Promise<Setting> => {
  const disk = SmallDisk.mount(sizes[target])
  const folder = mkdtempSync(join(tmpdir(), "stockbook-full-"))
  const server = target === "sqlite" ? null : await serverOn(disk, target)
  const filename = join(disk.path, "stock.db")
  const url = server === null ? "" : `${server.url}/stock?sslmode=disable`
  if (server !== null) await runAs(`${server.url}/postgres`, databaseOn(disk, target))
  const service = await serviceOver(server === null ? `sqlite:${filename}` : url)
  let round = 0
  return {
    service,
    folder,
    store: server === null ? SqliteStore.layer({ filename }) : PgStore.layer({ url, maxConnections: 2 }),
    staysUp: true,
    trouble: async (world, load, audit) => {
      // Full to the last byte, or with room for a little.
      disk.fill([0, 4, 16, 40, 100][round++ % 5] ?? 0)
      const wrong = [...(await refused(load, audit))]
      if (target !== "wal") wrong.push(...(await readings(world)))
      if (target === "wal" && server !== null) {
        // A new file of the log is begun, for which there is no room: the server stops.
        await runAs(`${server.url}/postgres`, ["SELECT pg_switch_wal()"]).catch(() => {})
        wrong.push(...(await refused(load, audit)))
      }
      disk.empty()
      if (target === "wal") await server?.crash()
      return wrong
    },
    close: async () => {
      await service.kill()
      await server?.stop()
      rmSync(folder, { recursive: true, force: true })
      disk.unmount()
    }
  }
}

/** Waits until the clients have been refused often enough. */
const refused = async (load: Load, audit: Audit): Promise<ReadonlyArray<string>> => {
  const before = audit.refused
  const wrong: Array<string> = []
  for (let tries = 0; audit.refused < before + enough; tries++) {
    if (tries === 600) return [...wrong, "The full disk is not noticed within a minute"]
    wrong.push(...audit.hear(load.news()))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return wrong
}

/** Reads through each API. */
const readings = async ({ origin, token, callers: [place] }: World): Promise<ReadonlyArray<string>> => {
  const id = place?.product
  const paths = [
    `/inventory/${id}`,
    `/api/inventory/${id}/stock/balance`,
    `/api/v1/inventory/check?product_id=${id}&quantity=1`,
    `/api/v1/products/${id}`,
    "/stocks/"
  ]
  const wrong: Array<string> = []
  for (const path of paths) {
    const response = await fetch(origin + path, { headers: { authorization: `Bearer ${token}` } })
    await response.arrayBuffer()
    if (response.status !== 200) wrong.push(`${path} is ${response.status} while the disk is full`)
  }
  return wrong
}

/** A server whose files are all on the disk, or none of them. */
const serverOn = async (disk: SmallDisk, target: DiskTarget): Promise<TestServer> => {
  const usual = process.env["TMPDIR"]
  if (target === "wal") process.env["TMPDIR"] = disk.path
  try {
    return await startServer(["max_wal_size=64MB"])
  } finally {
    if (usual === undefined) delete process.env["TMPDIR"]
    else process.env["TMPDIR"] = usual
  }
}

const databaseOn = ({ path }: SmallDisk, target: DiskTarget): ReadonlyArray<string> => {
  if (target === "wal") return ["CREATE DATABASE stock"]
  const tables = join(path, "tables")
  mkdirSync(tables)
  // Who mounts is root, and Postgres then runs as nobody.
  execFileSync("chown", ["nobody", tables])
  return [`CREATE TABLESPACE small LOCATION '${tables}'`, "CREATE DATABASE stock TABLESPACE small"]
}
