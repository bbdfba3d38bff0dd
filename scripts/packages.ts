// Checks the published packages as their users get them: packed, installed elsewhere, imported and type-checked.
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { manifestAt, type Package, publishedPackages, root } from "./workspace.ts"

export interface Count {
  readonly passed: number
  readonly failed: number
}

interface Packed extends Package {
  readonly tarball: string
  /** What a user imports: the package and its subpaths. */
  readonly entries: ReadonlyArray<string>
}

/** What a strict TypeScript user of any package installs beside it; versions are the workspace's own. */
const companions = [
  "@effect/vitest",
  "@types/express",
  "@types/node",
  "effect",
  "express",
  "fast-check",
  "vite",
  "vitest"
]

export function checkPackages(): Count {
  const outside = mkdtempSync(join(tmpdir(), "stockbook-packages-"))
  let passed = 0
  const check = (name: string, problem: string | null): boolean => {
    if (problem === null) passed++
    else console.error(`${name}: failed\n${problem}`)
    return problem === null
  }
  try {
    const packed: Array<Packed> = []
    for (const each of publishedPackages()) {
      const { name } = each.manifest
      const tarball = join(outside, `${name.replace("@", "").replace("/", "-")}.tgz`)
      if (!check(`pack ${name}`, run(each.directory, "pnpm", "pack", "--out", tarball))) return { passed, failed: 1 }
      const manifest = manifestIn(tarball)
      packed.push({ directory: each.directory, manifest, tarball, entries: entriesOf(manifest) })
      const sound =
        check(`manifest of ${name}`, faultsOf(manifest)) &&
        check(`publint ${name}`, run(root, "publint", "run", tarball, "--strict")) &&
        check(`attw ${name}`, run(root, "attw", tarball, "--profile", "esm-only"))
      if (!sound) return { passed, failed: 1 }
    }

    const consumer = consumerOf(packed, outside)
    // No build script is allowed in the consumer: pnpm refuses any package that wants to run one.
    const usable =
      check("install outside the workspace", run(consumer, "pnpm", "install", "--prefer-offline")) &&
      packed
        .flatMap(({ entries }) => entries)
        .every((entry) => check(`import ${entry}`, run(consumer, "node", "-e", `await import("${entry}")`))) &&
      check("typecheck a consumer", run(consumer, join(root, "node_modules", ".bin", "tsc"), "--noEmit"))
    return { passed, failed: usable ? 0 : 1 }
  } finally {
    rmSync(outside, { recursive: true, force: true })
  }
}

/** Null, or what was printed by a command that failed. */
function run(cwd: string, file: string, ...args: ReadonlyArray<string>): string | null {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, encoding: "utf8" })
  return status === 0 ? null : (error?.message ?? `${stdout}${stderr}`)
}

function manifestIn(tarball: string): Package["manifest"] {
  return JSON.parse(spawnSync("tar", ["-xzOf", tarball, "package/package.json"], { encoding: "utf8" }).stdout)
}

function entriesOf({ name, exports }: Package["manifest"]): ReadonlyArray<string> {
  return Object.keys(exports ?? {})
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => name + subpath.slice(1))
}

function faultsOf(manifest: Package["manifest"]): string | null {
  const faults = [
    ...["preinstall", "install", "postinstall"]
      .filter((script) => manifest.scripts?.[script] !== undefined)
      .map((script) => `runs ${script} at its users'`),
    ...["@stockbook/source", "workspace:", "catalog:"]
      .filter((internal) => JSON.stringify(manifest).includes(internal))
      .map((internal) => `mentions ${internal}, which only means something in the workspace`)
  ]
  return faults.length === 0 ? null : faults.join("\n")
}

function consumerOf(packed: ReadonlyArray<Packed>, outside: string): string {
  const consumer = join(outside, "consumer")
  mkdirSync(consumer)
  const tarballs = Object.fromEntries(packed.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]))
  const versions = companions.map((name) => [name, manifestAt(manifestFileOf(name)).version])
  write(consumer, "package.json", {
    private: true,
    type: "module",
    dependencies: { ...tarballs, ...Object.fromEntries(versions) }
  })
  // The packages name each other by version, which no registry has before the release.
  write(consumer, "pnpm-workspace.yaml", { packages: ["."], overrides: tarballs })
  write(consumer, "tsconfig.json", {
    compilerOptions: { strict: true, module: "nodenext", target: "es2023", types: ["node"] },
    files: ["consumer.ts"]
  })
  const entries = packed.flatMap(({ entries }) => entries)
  const lines = entries.map((entry, index) => `import * as entry${index} from "${entry}"`)
  const names = entries.map((_, index) => `entry${index}`)
  writeFileSync(
    join(consumer, "consumer.ts"),
    `${lines.join("\n")}\n\nexport const entries: ReadonlyArray<object> = [${names.join(", ")}]\n`
  )
  return consumer
}

function write(directory: string, file: string, value: unknown): void {
  writeFileSync(join(directory, file), JSON.stringify(value, null, 2))
}

function manifestFileOf(name: string): string {
  const folder = ["node_modules", "packages/core/node_modules", "packages/http/node_modules"]
    .map((parent) => join(root, parent, name, "package.json"))
    .find((file) => readable(file))
  if (folder === undefined) throw new Error(`${name} is not installed in the workspace.`)
  return folder
}

function readable(file: string): boolean {
  try {
    return readFileSync(file).length > 0
  } catch {
    return false
  }
}
