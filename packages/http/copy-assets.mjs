// The documentation pages need a few browser files and nothing else of the packages that hold them:
// swagger-ui-dist runs an install script, redoc wants React. Copied here, users install neither.
import { copyFileSync, mkdirSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"

const require = createRequire(import.meta.url)
const assets = join(import.meta.dirname, "dist", "assets")

mkdirSync(assets, { recursive: true })
for (const file of [
  "swagger-ui-dist/swagger-ui.css",
  "swagger-ui-dist/swagger-ui-bundle.js",
  "redoc/bundles/redoc.standalone.js"
]) {
  copyFileSync(require.resolve(file), join(assets, basename(file)))
}

// The server of platform-node is a part of the bundle. (A name that began with LICENSE would stand for the package's.)
const licence = join(dirname(require.resolve("@effect/platform-node/package.json")), "LICENSE")
copyFileSync(licence, join(import.meta.dirname, "dist", "platform-node.LICENSE.txt"))

// The console's own.
const browser = join(import.meta.dirname, "browser")
for (const file of readdirSync(browser)) copyFileSync(join(browser, file), join(assets, file))
