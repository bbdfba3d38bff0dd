import { execFile } from "node:child_process"
import { promisify } from "node:util"
import type { Request } from "./Ask.ts"
import type { Send } from "./transcript.ts"

const run = promisify(execFile)

const parsed = (text: string): unknown => (text === "" ? undefined : JSON.parse(text))

const authorization = (token: string | null) => (token === null ? {} : { authorization: `Bearer ${token}` })

/** Sends with curl, by the arguments of the command that is written down. */
export const withCurl =
  (origin: string): Send =>
  async (request, token) => {
    const { stdout } = await run("curl", ["-sS", "-w", "\n%{http_code}", ...argumentsOf(request, origin, token)])
    const end = stdout.lastIndexOf("\n")
    return { status: Number(stdout.slice(end + 1)), json: parsed(stdout.slice(0, end)) }
  }

const argumentsOf = ({ method, path, body }: Request, origin: string, token: string | null): ReadonlyArray<string> => [
  "-X",
  method,
  `${origin}${path}`,
  ...Object.entries(authorization(token)).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
  ...(body instanceof URLSearchParams
    ? Array.from(body).flatMap(([name, value]) => ["--data-urlencode", `${name}=${value}`])
    : body === undefined
      ? []
      : ["-H", "content-type: application/json", "-d", JSON.stringify(body)])
]

/** Sends the same without curl, for where there is none. */
export const withFetch =
  (origin: string): Send =>
  async ({ method, path, body }, token) => {
    const form = body instanceof URLSearchParams
    const response = await fetch(origin + path, {
      method,
      headers: {
        ...authorization(token),
        ...(form || body === undefined ? {} : { "content-type": "application/json" })
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) })
    })
    return { status: response.status, json: parsed(await response.text()) }
  }
