// Writes a package's declarations into dist, run in the package's folder.
// tsc leaves "./Money.ts" as written in the sources; a published declaration has to say "./Money.js". It also declares
// what no entry point leads to; that goes, for it may name packages that only the build has.
import { spawnSync } from "node:child_process"
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, normalize } from "node:path"

const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"))
const tsc = spawnSync(process.execPath, [join(typescript, "bin", "tsc"), "-p", "tsconfig.build.json"], {
  stdio: "inherit"
})
if (tsc.status !== 0) process.exit(tsc.status ?? 1)

const relativeSource = /((?:from|import|module)\s*\(?\s*"\.{1,2}\/[^"\n]*)\.ts"/g
const relativeDeclaration = /(?:from|import|module)\s*\(?\s*"(\.{1,2}\/[^"\n]*)\.js"/g

for (const file of globSync("dist/**/*.d.ts")) {
  const text = readFileSync(file, "utf8")
  const rewritten = text.replace(relativeSource, '$1.js"')
  if (rewritten !== text) writeFileSync(file, rewritten)
}

const { exports } = JSON.parse(readFileSync("package.json", "utf8"))
const reached = new Set(Object.values(exports).flatMap(({ types }) => (types === undefined ? [] : normalize(types))))
for (const file of reached) {
  for (const [, target] of readFileSync(file, "utf8").matchAll(relativeDeclaration)) {
    reached.add(join(dirname(file), `${target}.d.ts`))
  }
}
for (const file of globSync("dist/**/*.d.ts")) if (!reached.has(file)) rmSync(file)
