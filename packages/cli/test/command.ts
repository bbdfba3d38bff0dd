import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url))

const cache = fileURLToPath(new URL("../../../.cache/compiled", import.meta.url))

/** What a command left behind. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `stockbook` as a process of its own, as a shell would. */
export const stockbook = (
  args: ReadonlyArray<string>,
  { env = {}, cwd, input }: { env?: Record<string, string>; cwd?: string; input?: string } = {}
): Promise<Ended> =>
  new Promise((resolve) => {
    const { DATABASE_URL: _, PORT: __, JWT_SECRET: ___, ...rest } = process.env
    const child = spawn(process.execPath, ["--conditions=@stockbook/source", bin, ...args], {
      cwd,
      // Of twenty processes only the first has the sources to compile.
      env: { ...rest, NODE_COMPILE_CACHE: cache, ...env }
    })
    const text = { stdout: "", stderr: "" }
    child.stdout.on("data", (chunk) => {
      text.stdout += chunk
    })
    child.stderr.on("data", (chunk) => {
      text.stderr += chunk
    })
    child.once("close", (code) => resolve({ code, ...text }))
    child.stdin.end(input ?? "")
  })

/** A folder of a test's own; `remove` it afterwards. */
export const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "stockbook-cli-"))
  const file = (name: string) => join(path, name)
  return { path, file, remove: () => rmSync(path, { recursive: true, force: true }) }
}
