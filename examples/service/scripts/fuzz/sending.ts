import { Agent, type IncomingMessage, request } from "node:http"
import type { Attempt } from "./Attempt.ts"

/** What came back. */
export interface Received {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Sends attempts over connections that are kept; `null` when the service closed one before it had answered. */
export const sender = (origin: string, connections: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = ({ method, url, headers, body }: Attempt): Promise<Received | null> =>
    new Promise((resolve, reject) => {
      const outgoing = request(`${origin}/`, { agent, method, path: url, timeout: 30_000 }, (response) =>
        collected(response).then(
          (text) => resolve(receivedOf(response, text)),
          () => resolve(null)
        )
      )
      for (const [name, value] of headers) outgoing.setHeader(name, value)
      if (body !== null) outgoing.setHeader("content-length", body.length)
      outgoing.once("timeout", () => outgoing.destroy(new Error(`No answer in 30 s to ${method} ${url}`)))
      outgoing.once("error", (error) =>
        "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE") ? resolve(null) : reject(error)
      )
      outgoing.end(body ?? undefined)
    })
  return { send, close: () => agent.destroy() }
}

const collected = async (response: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of response) chunks.push(chunk)
  return Buffer.concat(chunks).toString("utf8")
}

const receivedOf = (response: IncomingMessage, text: string): Received => ({
  status: response.statusCode ?? 0,
  headers: new Headers(
    Object.entries(response.headers).flatMap(
      ([name, value]): Array<[string, string]> => (value === undefined ? [] : [[name, String(value)]])
    )
  ),
  text
})
