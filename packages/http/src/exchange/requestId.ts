import { randomUUID } from "node:crypto"
import type { IncomingMessage } from "node:http"

const ACCEPTABLE = /^[A-Za-z0-9._-]{1,128}$/

/** The client's request id if it is one, else a new one. */
export const requestId = (request: IncomingMessage): string => {
  const given = request.headers["x-request-id"]
  return typeof given === "string" && ACCEPTABLE.test(given) ? given : randomUUID()
}
