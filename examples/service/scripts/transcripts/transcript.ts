import { STATUS_CODES } from "node:http"
import type { Answer, Flow, Json, Request } from "./Ask.ts"

/** Sends a request with a token, if there is one. */
export type Send = (request: Request, token: string | null) => Promise<Answer>

const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(\d+)Z/g
const TOKEN = /"eyJ[\w-]+\.[\w-]+\.[\w-]+"/g

/** What no two runs have in common: moments become one, and tokens show how they begin. */
const stable = (text: string): string =>
  text
    .replace(MOMENT, (_, fraction: string) => `2026-01-02T03:04:05.${"0".repeat(fraction.length)}Z`)
    .replace(TOKEN, '"eyJhbGciOi…"')

/** The request as somebody types it, with the token in `$TOKEN`. */
const commandOf = ({ method, path, body }: Request, withToken: boolean): string => {
  const url = `http://localhost:8000${path}`
  const parts = [method === "GET" ? `curl "${url}"` : `curl -X ${method} "${url}"`]
  if (withToken) parts.push('-H "Authorization: Bearer $TOKEN"')
  if (body instanceof URLSearchParams) {
    for (const [name, value] of body) parts.push(`--data-urlencode "${name}=${value}"`)
  } else if (body !== undefined) {
    parts.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`)
  }
  return parts.join(" \\\n  ")
}

const shown = ({ status, json }: Answer): string => {
  const line = `\`${status} ${STATUS_CODES[status] ?? ""}\``
  return json === undefined ? line : `${line}\n\n\`\`\`json\n${stable(JSON.stringify(json, null, 2))}\n\`\`\``
}

/** Plays a flow and writes down what was asked and answered. */
export const transcriptOf = async (flow: Flow, send: Send): Promise<string> => {
  let token: string | null = null
  const parts = [
    `# ${flow.title}`,
    "A new, empty service answered these commands in this order; only times and tokens are not those of the run. `$TOKEN` is the token the login answered with. Written by `examples/service/scripts/transcripts.ts`."
  ]
  await flow.play(
    async (say, request) => {
      const answer = await send(request, token)
      const command = commandOf(request, token !== null)
      parts.push(`## ${say}`, `\`\`\`sh\n${command}\n\`\`\``, shown(answer))
      // What an answer has is up to its API; a flow that finds no id in it asks for what is not there, and shows that.
      return Object(answer.json) as Json
    },
    (given) => {
      token = given
    }
  )
  return `${parts.join("\n\n")}\n`
}
