import { join } from "node:path"
import { type RequestHandler, Router } from "express"
import { compressed } from "../exchange/encoded.ts"
import { consolePage, POLICY } from "./page.ts"

/** The page's own files: as copied into the package, or as they are written. */
const folder = import.meta.filename.endsWith(".ts")
  ? join(import.meta.dirname, "..", "..", "browser")
  : join(import.meta.dirname, "assets")

const files = new Set([
  "chart.js",
  "console.css",
  "dom.js",
  "events.js",
  "history.js",
  "holds.js",
  "main.js",
  "session.js",
  "stock.js"
])

/** Serves one of them by its name; unknown names go on. */
const serveFile: RequestHandler = (request, response, next) => {
  const name = String(request.params["file"])
  if (!files.has(name)) return next()
  // A browser asks each time whether they are still these: those of two versions do not go together.
  response.setHeader("Cache-Control", "no-cache")
  response.sendFile(name, { root: folder, cacheControl: false }, (error) => {
    if (error !== undefined && !response.headersSent) next(error)
  })
}

/** A look at the stock for people, at `/console`. It uses the public API with its user's token, and nothing else. */
export const consoleRouter = (login: string | null): Router => {
  const router = Router()
  router.get("/console", compressed, (request, response) => {
    response.setHeader("Content-Security-Policy", POLICY)
    response.setHeader("Cache-Control", "no-cache")
    response.type("html").send(consolePage(request.baseUrl, login))
  })
  router.get("/console/assets/:file", compressed, serveFile)
  return router
}
