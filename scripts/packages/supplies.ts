// What comes with the packages: under which licences, and whether any of it would run code when it is installed.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** Of an installed package, what its manifest says of the two. */
export interface Supply {
  readonly name: string
  readonly version: string
  /** An SPDX expression; null for one that names none. */
  readonly licence: string | null
  /** Scripts that npm runs when the package is installed. */
  readonly installScripts: ReadonlyArray<string>
}

/** Licences that ask for no more than to be kept with the code. Another one is a decision, made here. */
const allowed = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT", "MIT-0"])

/** Whether a licence is allowed: one of several that may be chosen from, or all of several that hold together. */
export const isAllowed = (licence: string | null): boolean => {
  if (licence === null) return false
  const expression = licence.replace(/[()]/g, " ").trim()
  if (/\s(AND|WITH)\s/.test(expression) && /\sOR\s/.test(expression)) return false
  if (/\sOR\s/.test(expression)) return expression.split(/\s+OR\s+/).some((each) => allowed.has(each))
  return expression.split(/\s+AND\s+/).every((each) => allowed.has(each))
}

/** What is wrong with what comes along; null for nothing. */
export const supplyFault = (supplies: ReadonlyArray<Supply>): string | null => {
  const faults = supplies.flatMap(({ name, version, licence, installScripts }) => [
    ...(isAllowed(licence) ? [] : [`${name}@${version} is under ${licence ?? "no licence that it names"}`]),
    ...installScripts.map((script) => `${name}@${version} would run ${script} when it is installed`)
  ])
  return faults.length === 0 ? null : faults.join("\n")
}

/** How many packages are under which licence, the most frequent first. */
export const licenceList = (supplies: ReadonlyArray<Supply>): string => {
  const counts = new Map<string, number>()
  for (const { licence } of supplies) counts.set(licence ?? "none", (counts.get(licence ?? "none") ?? 0) + 1)
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([licence, count]) => `${licence} ${count}`)
    .join(", ")
}

/** What a manifest says. */
export const supplyOf = (manifest: unknown, hasGyp: boolean): Supply => {
  const { name, version, license, licenses, scripts } = Object(manifest)
  const old = Array.isArray(licenses) ? licenses.map((each) => Object(each).type).join(" OR ") : null
  const given = Object(scripts)
  const named = ["preinstall", "install", "postinstall"].filter((script) => given[script] !== undefined)
  return {
    name: String(name),
    version: String(version),
    licence: typeof license === "string" ? license : (Object(license).type ?? old),
    // npm builds a package that has a binding.gyp and no script of its own.
    installScripts: hasGyp && named.length === 0 ? ["node-gyp"] : named
  }
}

/** Every package in a node_modules folder and in those of the packages in it. */
export const suppliesIn = (folder: string): ReadonlyArray<Supply> =>
  foldersIn(folder)
    .flatMap((name) => (name.startsWith("@") ? foldersIn(join(folder, name)).map((own) => join(name, own)) : [name]))
    .map((name) => join(folder, name))
    .flatMap((each) => [...supplyAt(each), ...suppliesIn(join(each, "node_modules"))])

const supplyAt = (folder: string): ReadonlyArray<Supply> => {
  const files = readdirSync(folder)
  if (!files.includes("package.json")) return []
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  return [supplyOf(manifest, files.includes("binding.gyp"))]
}

const foldersIn = (folder: string): ReadonlyArray<string> => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => name)
  } catch {
    return []
  }
}
