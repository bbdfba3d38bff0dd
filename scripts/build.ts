// Builds the packages whose inputs, or whose dependencies' inputs, differ from what their last build was made of.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { cache, dependenciesOf, type Package, packages, root } from "./workspace.ts"

const shared = ["pnpm-lock.yaml", "tsconfig.base.json", "scripts/declarations.mjs"].map((file) => join(root, file))

const hashes = new Map<string, string>()

for (const each of packages()) {
  const hash = inputsOf(each)
  hashes.set(each.manifest.name, hash)

  const stamp = join(cache, "build", basename(each.directory))
  if (isBuilt(each) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) continue

  const started = Date.now()
  rmSync(stamp, { force: true })
  const { status, stdout, stderr } = spawnSync("pnpm", ["--silent", "run", "build"], {
    cwd: each.directory,
    encoding: "utf8"
  })
  if (status !== 0) {
    console.error(`${stdout}${stderr}`)
    console.error(`--- build of ${each.manifest.name}: failed`)
    process.exit(1)
  }
  mkdirSync(join(cache, "build"), { recursive: true })
  writeFileSync(stamp, hash)
  console.log(`built ${each.manifest.name} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

function isBuilt({ directory }: Package): boolean {
  return existsSync(join(directory, "dist", "index.js")) && existsSync(join(directory, "dist", "index.d.ts"))
}

function inputsOf(each: Package): string {
  const hash = createHash("sha256")
  const own = globSync(["src/**", "*.{json,ts,mjs}"], { cwd: each.directory }).map((file) => join(each.directory, file))
  for (const file of [...shared, ...own].sort()) {
    if (statSync(file).isFile()) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  for (const dependency of dependenciesOf(each)) hash.update(hashes.get(dependency) ?? "")
  return hash.digest("hex")
}
