import { expectDeclared } from "../../../../packages/http/test/declared.ts"
import type { Attempt } from "./Attempt.ts"
import type { Received } from "./sending.ts"

/** B documents these as 500: a movement that the stock does not allow. */
const isDocumented = ({ url }: Attempt, { text }: Received): boolean =>
  /^\/api\/inventory\/[^/]+\/stock\/(add|reduce)/.test(url) && text.includes('"message":"Failed to ')

/** What nobody outside should be shown. */
const inside =
  /\bat [^"]{1,200}\.[jt]s:\d+|node_modules|SQLITE_|SqlError|syntax error|stack|password(_hash|Hash)|\$argon2/

/** What is wrong with an answer; `null` if nothing is. */
export const wrongWith = (attempt: Attempt, answer: Received, json: unknown): string | null => {
  const { status, headers, text } = answer
  // Node's own answer to a head that is too long; the service has not seen it.
  if (status === 431) return null
  // Turned away as there is too much to do is no fault, and says when to come again.
  if (status === 503 && headers.has("retry-after")) return null
  if (status >= 500 && !(status === 500 && isDocumented(attempt, answer)))
    return `answered ${status}: ${text.slice(0, 300)}`
  if (inside.test(text) && !attempt.url.startsWith("/openapi")) return `shows its inside: ${text.slice(0, 300)}`
  try {
    expectDeclared(attempt.method, attempt.url, answer, json)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
