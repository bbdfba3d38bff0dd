import type { Server } from "node:http"
import { MemoryStore } from "@stockbook/core"
import express, { type RequestHandler } from "express"
import {
  type ApiName,
  type DeliveryOffice,
  type Load,
  type LogEntry,
  type StockbookOptions,
  stockbook
} from "../src/index.ts"
import { expectDeclared } from "./declared.ts"

export const SECRET = "a secret of the tests, long enough to sign with"

export interface Running {
  readonly url: string
  readonly server: Server
  readonly log: ReadonlyArray<LogEntry>
  readonly deliveries: DeliveryOffice
  readonly load: () => Load
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>
  readonly send: (path: string, init: RequestInit) => Promise<Answer>
  readonly close: () => Promise<void>
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON, or `undefined` if it is none. */
  readonly json: unknown
}

export interface Arrangement {
  readonly options?: Partial<StockbookOptions>
  /** Where the router is mounted; the root by default. */
  readonly prefix?: string
  /** Of these APIs only, in place of all. */
  readonly only?: readonly [ApiName, ...Array<ApiName>]
  /** Others of the same store, by where they are mounted. */
  readonly beside?: Readonly<Record<string, readonly [ApiName, ...Array<ApiName>]>>
  /** What the host app runs before it. */
  readonly before?: ReadonlyArray<RequestHandler>
  /** Answers are not held against the declarations: for tests in which others answer. */
  readonly undeclared?: boolean
  /** What the host app serves after it. */
  readonly after?: ReadonlyArray<RequestHandler>
}

/** A host app with the router, listening on a port of its own. */
export const start = async (arrangement: Arrangement = {}): Promise<Running> => {
  const log: Array<LogEntry> = []
  const options = {
    tokens: { secret: SECRET },
    store: MemoryStore.layer,
    log: (entry: LogEntry) => void log.push(entry)
  }
  const router = stockbook({ ...options, ...arrangement.options } as StockbookOptions)
  const app = express()
  for (const handler of arrangement.before ?? []) app.use(handler)
  for (const [path, names] of Object.entries(arrangement.beside ?? {})) app.use(path, router.only(...names))
  app.use(arrangement.prefix ?? "/", arrangement.only === undefined ? router : router.only(...arrangement.only))
  for (const handler of arrangement.after ?? []) app.use(handler)
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, "127.0.0.1", () => resolve(listening))
  })
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("The server listens on no port")
  const url = `http://127.0.0.1:${address.port}${arrangement.prefix ?? ""}`
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init)
    const text = await response.text()
    const method = init.method ?? "GET"
    if (arrangement.undeclared !== true) expectDeclared(method, path, response, parsed(text))
    return { status: response.status, headers: response.headers, text, json: parsed(text) }
  }
  return {
    url,
    server,
    log,
    deliveries: router.deliveries,
    load: router.load,
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body)
      }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await router.close()
    }
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })
