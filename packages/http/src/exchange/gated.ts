import type { RequestHandler } from "express"
import type { ErrorShape } from "../problems/ErrorShape.ts"

/**
 * A handler that lets requests wait until the real one is there, and answers 503 once it is closed or if it never comes:
 * whoever does not wait for `ready` learns of that from the log and the answers.
 */
export const gated = (
  coming: Promise<RequestHandler>,
  shapeAt: (url: string) => ErrorShape,
  isClosed: () => boolean
): { readonly handler: RequestHandler; readonly ready: Promise<void> } => {
  let handle: RequestHandler | null = null
  const unavailable: RequestHandler = (request, response) => {
    response.status(503).set("Retry-After", "1").json(shapeAt(request.url).problem("Service Unavailable"))
  }
  const ready = coming.then((handler) => {
    handle = handler
  })
  ready.catch(() => {
    handle = unavailable
  })
  return {
    ready,
    handler: (request, response, next) => {
      const now = () => (isClosed() ? unavailable : (handle ?? unavailable))(request, response, next)
      return handle === null ? ready.then(now, now) : now()
    }
  }
}
