import { spawnSync } from "node:child_process"
import { join } from "node:path"
import type { Package } from "../workspace.ts"
import { run } from "./run.ts"

/** A package as the registry would get it. */
export interface Packed extends Package {
  readonly tarball: string
  /** What a user imports: the package and its subpaths. */
  readonly entries: ReadonlyArray<string>
}

/** Packs a package into a folder; the text is what went wrong. */
export function pack(each: Package, folder: string): Packed | string {
  const { name } = each.manifest
  const tarball = join(folder, `${name.replace("@", "").replace("/", "-")}.tgz`)
  const problem = run(each.directory, "pnpm", "pack", "--out", tarball)
  if (problem !== null) return problem
  const lacks = ["LICENSE", "README.md"].filter((file) => !filesIn(tarball).includes(`package/${file}`))
  if (lacks.length > 0) return `has no ${lacks.join(" and no ")}`
  const manifest = manifestIn(tarball)
  return { directory: each.directory, manifest, tarball, entries: entriesOf(manifest) }
}

function filesIn(tarball: string): ReadonlyArray<string> {
  return spawnSync("tar", ["-tzf", tarball], { encoding: "utf8" }).stdout.split("\n")
}

function manifestIn(tarball: string): Package["manifest"] {
  return JSON.parse(spawnSync("tar", ["-xzOf", tarball, "package/package.json"], { encoding: "utf8" }).stdout)
}

function entriesOf({ name, exports }: Package["manifest"]): ReadonlyArray<string> {
  return Object.keys(exports ?? {})
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => name + subpath.slice(1))
}

/** What is wrong with a published manifest; null for nothing. */
export function faultsOf(manifest: Package["manifest"]): string | null {
  const faults = [
    ...["preinstall", "install", "postinstall"]
      .filter((script) => manifest.scripts?.[script] !== undefined)
      .map((script) => `runs ${script} at its users'`),
    ...["@stockbook/source", "workspace:", "catalog:"]
      .filter((internal) => JSON.stringify(manifest).includes(internal))
      .map((internal) => `mentions ${internal}, which only means something in the workspace`),
    ...(manifest.sideEffects === false ? [] : ["does not say that it is free of side effects"]),
    ...(manifest.type === "module" ? [] : ["is no module"]),
    ...(manifest.engines?.["node"]?.startsWith(">=22.") ? [] : ["does not say which Node it needs"]),
    ...(manifest.peerDependencies?.["effect"] === undefined ? ["does not take its user's effect"] : []),
    ...(manifest.dependencies?.["effect"] === undefined ? [] : ["brings an effect of its own"]),
    ...Object.entries(manifest.exports ?? {})
      .filter(([subpath, target]) => subpath !== "./package.json" && !isTyped(target))
      .map(([subpath]) => `exports ${subpath} without types, or not first`)
  ]
  return faults.length === 0 ? null : faults.join("\n")
}

const isTyped = (target: unknown): boolean =>
  typeof target === "object" && target !== null && Object.keys(target).join() === "types,default"
