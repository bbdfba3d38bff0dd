import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import type { Packed } from "./packed.ts"
import { run } from "./run.ts"
import { licenceList, suppliesIn, supplyFault } from "./supplies.ts"

/**
 * What an app carries, minified, effect left out: kB of 1,000 bytes. Most of it is the rules. It may shrink; growing is
 * a decision, made here. The store in memory is in the first two alone.
 */
const bundles: ReadonlyArray<readonly [source: string, most: number]> = [
  ['export * from "@stockbook/core"', 240],
  ['export { openStockbook } from "@stockbook/core"', 235],
  ['export { openStockbook } from "@stockbook/adapter-sqlite"', 325]
]

/** What is wrong with the size of the core in an app, in a folder that has it installed; null for nothing. */
export async function sizeFault(consumer: string): Promise<string | null> {
  for (const [contents, most] of bundles) {
    const { outputFiles, metafile } = await build({
      stdin: { contents, resolveDir: consumer },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "neutral",
      external: ["effect", "effect/*", "node:*"],
      write: false,
      metafile: true,
      logLevel: "silent"
    })
    const bundle = outputFiles[0]?.contents ?? new Uint8Array()
    const size = Math.ceil(bundle.length / 1000)
    const others = Object.keys(metafile.inputs).filter((path) => path.includes("/testing/"))
    if (others.length > 0) return `${contents} reaches ${others.join(", ")}`
    const compressed = Math.ceil(gzipSync(bundle).length / 1000)
    console.log(`${contents}: ${size} kB minified, of at most ${most}; ${compressed} kB compressed`)
    if (size === 0 || size > most) return `${contents} is ${size} kB minified, more than ${most}`
  }
  return null
}

/** What somebody installs, and how many packages that may be, all told. */
const installs: ReadonlyArray<{
  readonly wanted: ReadonlyArray<string>
  readonly most: number
  /** Commands that it brings, each of which ends well. */
  readonly runs?: ReadonlyArray<ReadonlyArray<string>>
}> = [
  { wanted: ["@stockbook/core", "@stockbook/adapter-sqlite", "effect"], most: 5 },
  { wanted: ["@stockbook/core", "@stockbook/http", "effect", "express"], most: 105 },
  {
    wanted: [
      "@stockbook/cli",
      "@stockbook/core",
      "@stockbook/adapter-pg",
      "@stockbook/adapter-sqlite",
      "@stockbook/http",
      "effect",
      "express"
    ],
    most: 125,
    runs: [
      ["stockbook", "--version"],
      ["stockbook", "migrate"],
      ["stockbook", "verify"]
    ]
  }
]

/**
 * Installs what a user would, with npm and no install script, and counts what came; one problem for each install, null
 * for none.
 */
export function countFaults(
  packed: ReadonlyArray<Packed>,
  versions: ReadonlyMap<string, string>,
  outside: string
): ReadonlyArray<readonly [name: string, problem: string | null]> {
  return installs.map(({ wanted, most, runs = [] }, index) => {
    const folder = join(outside, `npm${index}`)
    mkdirSync(folder)
    const dependencies = wanted.map((name) => {
      const own = packed.find(({ manifest }) => manifest.name === name)
      return [name, own === undefined ? versions.get(name) : `file:${own.tarball}`] as const
    })
    const manifest = { private: true, dependencies: Object.fromEntries(dependencies) }
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest))
    const name = `npm install ${wanted.join(" ")}`
    const failed = run(folder, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    if (failed !== null) return [name, failed]
    const found = packagesIn(join(folder, "node_modules"))
    console.log(`${name}: ${found.length} packages, of at most ${most}`)
    const supplies = suppliesIn(join(folder, "node_modules"))
    console.log(`their licences: ${licenceList(supplies)}`)
    const fault = supplyFault(supplies)
    if (fault !== null) return [name, fault]
    const unwanted = found.filter((each) => /redis/.test(each))
    if (unwanted.length > 0) return [name, `brings ${unwanted.join(", ")}`]
    for (const command of runs) {
      const problem = run(folder, "npx", "--no-install", ...command)
      if (problem !== null) return [name, `${command.join(" ")}: ${problem}`]
    }
    return [name, found.length <= most ? null : `${found.length} packages, more than ${most}:\n${found.join("\n")}`]
  })
}

/** Every package in a node_modules folder and in those of the packages in it. */
function packagesIn(folder: string): ReadonlyArray<string> {
  return foldersIn(folder)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => (name.startsWith("@") ? foldersIn(join(folder, name)).map((own) => `${name}/${own}`) : [name]))
    .flatMap((name) => [name, ...packagesIn(join(folder, name, "node_modules"))])
}

function foldersIn(folder: string): ReadonlyArray<string> {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  } catch {
    return []
  }
}
