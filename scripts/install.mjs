// `pnpm install`, only when a manifest or the lockfile differs from the last install that succeeded.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./toolchain.mjs"

// Inside node_modules, so that deleting those deletes what claims they are there.
const stamp = join(root, "node_modules", ".stockbook-installed")

export function install(env) {
  const projects = ["packages", "examples"]
    .flatMap((parent) => children(parent).map((name) => join(parent, name)))
    .concat("bench", "site", ".")
    .filter((project) => existsSync(join(root, project, "package.json")))
  const hash = hashOf([
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    ...projects.map((project) => join(project, "package.json"))
  ])
  const complete = projects.every((project) => existsSync(join(root, project, "node_modules")))
  if (complete && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return

  const args = ["install", "--frozen-lockfile", "--config.confirmModulesPurge=false"]
  const { status } = spawnSync("pnpm", args, { cwd: root, env, stdio: "inherit" })
  if (status !== 0) {
    console.error("--- install: failed")
    process.exit(status ?? 1)
  }
  writeFileSync(stamp, hash)
}

function children(parent) {
  return existsSync(join(root, parent)) ? readdirSync(join(root, parent)) : []
}

function hashOf(files) {
  const hash = createHash("sha256")
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest("hex")
}
