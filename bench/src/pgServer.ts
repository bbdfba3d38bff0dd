import { Client } from "pg"
import { startServer } from "../../packages/adapter-pg/test/support/TestServer.ts"

/** A Postgres for one run of a benchmark, and an empty database in it. */
export interface BenchServer {
  /** `postgres://…/bench`. */
  readonly url: string
  /** What it was told beside its defaults; fsync and synchronous_commit are on. */
  readonly settings: ReadonlyArray<string>
  readonly stop: () => Promise<void>
}

/** Room for the tables, and for the log of a run without a checkpoint every few seconds; the same for all contestants. */
const settings = ["shared_buffers=512MB", "max_wal_size=4GB"]

const profiling = [
  "shared_preload_libraries=pg_stat_statements",
  "pg_stat_statements.track=all",
  "track_io_timing=on",
  "track_wal_io_timing=on"
]

/** Starts one on a data folder of its own, or uses the one `BENCH_DATABASE_URL` names. `PROFILE=1` lets it count. */
export const startBenchServer = async (): Promise<BenchServer> => {
  const given = process.env["BENCH_DATABASE_URL"]
  if (given !== undefined) return { url: given, settings: ["as given"], stop: async () => {} }
  const server = await startServer([...settings, ...(process.env["PROFILE"] === undefined ? [] : profiling)])
  const url = `${server.url}/bench`
  await withClient(`${server.url}/postgres`, async (client) => {
    await client.query("CREATE DATABASE bench")
  })
  return { url, settings, stop: server.stop }
}

/** Does something on a connection of its own. */
export const withClient = async <A>(url: string, work: (client: Client) => Promise<A>): Promise<A> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
