import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

export const root = dirname(import.meta.dirname)

/** What these scripts keep between runs; safe to delete. */
export const cache = join(root, ".cache")

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly type?: string
  readonly sideEffects?: boolean
  readonly engines?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
}

export interface Package {
  readonly directory: string
  readonly manifest: Manifest
}

/** The packages, each after those it depends on, be it only to be built. */
export function packages(): ReadonlyArray<Package> {
  const waiting = globSync("packages/*/package.json", { cwd: root })
    .sort()
    .map((file) => ({ directory: join(root, dirname(file)), manifest: manifestAt(join(root, file)) }))
  const ordered: Array<Package> = []
  while (waiting.length > 0) {
    const next = waiting.findIndex(
      (candidate) => !waiting.some(({ manifest }) => dependenciesOf(candidate).includes(manifest.name))
    )
    if (next === -1) throw new Error("The packages depend on each other in a circle.")
    ordered.push(...waiting.splice(next, 1))
  }
  return ordered
}

export function publishedPackages(): ReadonlyArray<Package> {
  return packages().filter(({ manifest }) => manifest.private !== true)
}

export function dependenciesOf({ manifest }: Package): ReadonlyArray<string> {
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
}

export function manifestAt(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8"))
}
