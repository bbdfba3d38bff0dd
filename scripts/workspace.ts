import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

export const root = dirname(import.meta.dirname)

/** What these scripts keep between runs; safe to delete. */
export const cache = join(root, ".cache")

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
}

export interface Package {
  readonly directory: string
  readonly manifest: Manifest
}

/** The published packages, each after those it depends on. */
export function publishedPackages(): ReadonlyArray<Package> {
  const waiting = globSync("packages/*/package.json", { cwd: root })
    .sort()
    .map((file) => ({ directory: join(root, dirname(file)), manifest: manifestAt(join(root, file)) }))
  const ordered: Array<Package> = []
  while (waiting.length > 0) {
    const next = waiting.findIndex(
      (candidate) => !waiting.some(({ manifest }) => candidate.manifest.dependencies?.[manifest.name] !== undefined)
    )
    if (next === -1) throw new Error("The packages depend on each other in a circle.")
    ordered.push(...waiting.splice(next, 1))
  }
  return ordered
}

export function manifestAt(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8"))
}
