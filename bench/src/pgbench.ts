import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Measured, measured } from "./pgLoad.ts"
import { type Script, withSearchPath } from "./pgScript.ts"

const folders = ["", ...[18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin/`), "/usr/local/bin/"]

/** Where pgbench is; `null` when it is nowhere we know. */
export const findPgbench = (): string | null =>
  folders.map((folder) => `${folder}pgbench`).find((path) => spawnSync(path, ["--version"]).status === 0) ?? null

/** Runs a script with `pgbench -M prepared`. */
export const runPgbench = async (
  pgbench: string,
  url: string,
  schema: string,
  script: Script,
  clients: number,
  seconds: number
): Promise<Measured> => {
  const folder = mkdtempSync(join(tmpdir(), "stockbook-pgbench-"))
  try {
    const file = join(folder, "script.sql")
    writeFileSync(file, text(script))
    const log = join(folder, "log")
    const options = ["-n", "-M", "prepared", "-T", seconds, "-c", clients, "-j", Math.min(clients, 2), "-f", file]
    const variables = Object.entries(script.constants).flatMap(([name, value]) => ["-D", `${name}=${value}`])
    const output = await run(pgbench, [...options.map(String), "-l", `--log-prefix=${log}`, ...variables, url], schema)
    const took = Number(/tps = ([\d.]+)/.exec(output)?.[1])
    const done = Number(/actually processed: (\d+)/.exec(output)?.[1])
    const failed = Number(/failed transactions: (\d+)/.exec(output)?.[1] ?? 0)
    const result = measured(readLatencies(folder), failed, done / took)
    return { ...result, rate: took * script.rows }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const run = (command: string, args: ReadonlyArray<string>, schema: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, PGOPTIONS: withSearchPath(schema) } })
    let output = ""
    let errors = ""
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString()
    })
    child.once("error", reject)
    child.once("close", (code) => (code === 0 ? resolve(output) : reject(new Error(`pgbench: ${errors}${output}`))))
  })

/** A statement on one line each, for pgbench ends a script's commands by what ends a line. */
const text = ({ draw, statements, answers }: Script): string =>
  [
    `\\set item ${draw}`,
    ...statements.map(
      (statement, n) => `${statement.replaceAll(/\s+/g, " ").trim()}${answers === n ? " \\gset" : ";"}`
    ),
    ""
  ].join("\n")

/** The third number of each line is what a transaction took, microseconds. */
const readLatencies = (folder: string): Array<number> =>
  readdirSync(folder)
    .filter((name) => name.startsWith("log"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .map((line) => Number(line.split(" ")[2]) / 1000)
