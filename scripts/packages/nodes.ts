import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { cache } from "../workspace.ts"
import { run } from "./run.ts"

/** A Node that the packages say they run on. */
export interface Node {
  readonly name: string
  readonly file: string
}

/** The Node that runs this, and the other line that is supported, fetched once; the text is what went wrong. */
export function supportedNodes(): ReadonlyArray<Node> | string {
  const [own = ""] = process.versions.node.split(".")
  const other = own === "22" ? "24" : "22"
  const folder = join(cache, `node${other}`)
  // Packages that are one platform's Node and nothing else: no install script has to fetch anything.
  const name = `node${process.platform === "darwin" && process.arch === "arm64" ? "-bin" : ""}-${process.platform}-${process.arch}`
  const file = join(folder, "node_modules", name, "bin", "node")
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }))
    const problem = run(folder, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${other}`)
    if (problem !== null) return problem
  }
  return [
    { name: `Node ${own}`, file: process.execPath },
    { name: `Node ${other}`, file }
  ]
}
