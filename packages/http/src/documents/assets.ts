import { createReadStream, existsSync } from "node:fs"
import { createRequire } from "node:module"
import type { RequestHandler } from "express"

const require = createRequire(import.meta.url)

/** The browser files of the documentation pages: as copied into the package, or where they come from. */
const files: Readonly<Record<string, { readonly source: string; readonly type: string }>> = {
  "swagger-ui.css": { source: "swagger-ui-dist/swagger-ui.css", type: "text/css; charset=utf-8" },
  "swagger-ui-bundle.js": { source: "swagger-ui-dist/swagger-ui-bundle.js", type: "text/javascript; charset=utf-8" },
  "redoc.standalone.js": { source: "redoc/bundles/redoc.standalone.js", type: "text/javascript; charset=utf-8" }
}

const located = (name: string, source: string): string | null => {
  for (const specifier of [`#assets/${name}`, source]) {
    try {
      const path = require.resolve(specifier)
      if (existsSync(path)) return path
    } catch {
      // Not there: the other place may have it.
    }
  }
  return null
}

/** Starts Swagger UI. A file of its own, so that the page needs no inline script. */
const START_SWAGGER = `const page = document.getElementById("swagger-ui")
SwaggerUIBundle({ url: page.dataset.openapi, domNode: page, deepLinking: true, validatorUrl: null })
`

/** Serves one browser file by its name; unknown names go on. */
export const serveAsset: RequestHandler = (request, response, next) => {
  const name = String(request.params["file"])
  response.setHeader("Cache-Control", "public, max-age=3600")
  if (name === "start-swagger-ui.js") return void response.type("text/javascript").send(START_SWAGGER)
  const file = Object.hasOwn(files, name) ? files[name] : undefined
  const path = file === undefined ? null : located(name, file.source)
  if (file === undefined || path === null) return next()
  response.setHeader("Content-Type", file.type)
  createReadStream(path).on("error", next).pipe(response)
}
