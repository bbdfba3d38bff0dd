// Does what the README's first example and docs/tutorial.md say, word for word, each in an empty folder outside the
// workspace, with the packages as they would be published, and compares what is printed with what is shown.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { type Packed, pack } from "./packages/packed.ts"
import { type Block, blocksOf } from "./tutorial/blocks.ts"
import { firstExampleOf } from "./tutorial/firstExample.ts"
import { registryOf } from "./tutorial/registry.ts"
import { publishedPackages, root } from "./workspace.ts"

const tutorial = "docs/tutorial.md"
const outside = mkdtempSync(join(tmpdir(), "stockbook-tutorial-"))
const running: Array<ChildProcess> = []
let page = ""
let folder = outside

const registry = await registryOf(packed())
try {
  // Only the packages of this workspace come from it; what they depend on comes from where npm takes it anyway.
  const env = {
    ...process.env,
    "npm_config_@stockbook:registry": registry.url,
    npm_config_prefer_offline: "true",
    npm_config_audit: "false"
  }
  for (const [name, read] of [
    ["README.md", firstExampleOf],
    [tutorial, blocksOf]
  ] as const) {
    page = name
    folder = mkdtempSync(join(outside, "empty-"))
    const blocks = read(readFileSync(join(root, page), "utf8"))
    const started = Date.now()
    for (const block of blocks) await play(block, env)
    console.log(`${page}: ${blocks.length} blocks in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  }
  typecheck()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  registry.close()
  for (const { pid } of running) if (pid !== undefined) stop(pid)
  rmSync(outside, { recursive: true, force: true })
}

async function play(block: Block, env: NodeJS.ProcessEnv): Promise<void> {
  if (block.kind === "file") return writeFileSync(join(folder, block.name), block.text)
  if (block.stays) return keepRunning(block, env)

  // Which folder the commands end in is where the next ones begin.
  const place = join(outside, ".folder")
  const script = `set -eo pipefail\n${block.text}pwd > '${place}'\n`
  const { status, stdout, stderr } = await output(spawn("bash", ["-c", script], { cwd: folder, env }))
  if (status !== 0) throw new Error(`${page}:${block.line} failed with ${status}\n${stdout}${stderr}`)
  folder = readFileSync(place, "utf8").trim()
  if (block.output !== null) same(block.line, stdout, block.output)
}

async function keepRunning(block: Extract<Block, { kind: "commands" }>, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn("bash", ["-c", block.text], { cwd: folder, env, detached: true })
  running.push(child)
  let printed = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk))
  for (let waited = 0; waited < 15_000 && child.exitCode === null; waited += 50) {
    if (printed.includes(block.output ?? "")) return
    await delay(50)
  }
  same(block.line, printed, block.output ?? "")
}

function same(line: number, actual: string, expected: string): void {
  if (actual.trimEnd() !== expected.trimEnd()) {
    throw new Error(`${page}:${line} shows\n${expected}\nbut this is printed:\n${actual}`)
  }
}

interface Output {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Not `spawnSync`: the registry is served meanwhile. */
function output(child: ReturnType<typeof spawn>): Promise<Output> {
  const printed = { stdout: "", stderr: "" }
  child.stdout?.on("data", (chunk) => (printed.stdout += chunk))
  child.stderr?.on("data", (chunk) => (printed.stderr += chunk))
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, ...printed })))
}

function typecheck(): void {
  const tsc = join(root, "node_modules", ".bin", "tsc")
  const settings = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2024", "--types", "node"]
  const files = blocksOf(readFileSync(join(root, tutorial), "utf8")).flatMap((each) =>
    each.kind === "file" ? [each.name] : []
  )
  const { status, stdout } = spawnSync(tsc, [...settings, ...files], { cwd: folder, encoding: "utf8" })
  if (status !== 0) throw new Error(`The tutorial's files do not pass a strict type check.\n${stdout}`)
}

function packed(): ReadonlyArray<Packed> {
  return publishedPackages().map((each) => {
    const packed = pack(each, outside)
    if (typeof packed === "string") throw new Error(packed)
    return packed
  })
}

/** The whole group: the shell, and what it started. */
function stop(pid: number): void {
  try {
    process.kill(-pid, "SIGTERM")
  } catch {
    // It has ended by itself.
  }
}
