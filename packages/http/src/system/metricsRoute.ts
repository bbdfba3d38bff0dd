import { createHash, timingSafeEqual } from "node:crypto"
import { Context } from "effect"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import { Router } from "express"
import { compressed } from "../exchange/encoded.ts"
import { detailShape } from "../problems/ErrorShape.ts"

/** What a token is at least, in bytes. */
const SHORTEST = 16

/**
 * `GET /metrics`: all of effect's metrics of this process, the engine's among them, as Prometheus reads them.
 *
 * Throws on a token that is too short.
 */
export const metricsRoute = (access: true | { readonly token: string }): Router => {
  if (access !== true && Buffer.byteLength(access.token) < SHORTEST) {
    throw new Error(`metrics.token must be at least ${SHORTEST} bytes long`)
  }
  const wanted = access === true ? null : digest(`Bearer ${access.token}`)
  const router = Router()
  router.get("/metrics", compressed, (request, response) => {
    // Digests are of one length, and so compared in a time that tells nothing of the token.
    if (wanted !== null && !timingSafeEqual(wanted, digest(request.headers.authorization ?? ""))) {
      response.status(401).set("WWW-Authenticate", "Bearer").json(detailShape.problem("Unauthorized"))
      return
    }
    response.type("text/plain; version=0.0.4").send(PrometheusMetrics.formatUnsafe(Context.empty()))
  })
  return router
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()
