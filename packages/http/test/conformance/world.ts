import type { Ability } from "@stockbook/core"
import type { Layer } from "effect"
import { expect } from "vitest"
import type { StockbookOptions, StoreServices } from "../../src/index.ts"
import { bearer, type Running, start } from "../server.ts"

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
export type StoreLayer = Layer.Layer<StoreServices, unknown>
type Answer = Awaited<ReturnType<Running["get"]>>
type Send = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** Somebody with a token, or nobody. */
export interface Client {
  /** What it sends with every request. */
  readonly headers: Readonly<Record<string, string>>
  readonly send: (method: Method, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  readonly get: Send
  readonly post: Send
  readonly put: Send
  readonly patch: Send
  readonly delete: Send
}

/** Two organizations on one server: ours with a user of each role, and the stranger's. */
export interface World {
  readonly server: Running
  readonly admin: Client
  readonly staff: Client
  readonly customer: Client
  readonly supplier: Client
  /** An admin of another organization. */
  readonly stranger: Client
  readonly nobody: Client
  readonly close: () => Promise<void>
}

const PASSWORD = "correct horse"

export const clientOf = (server: Running, headers: Record<string, string>): Client => {
  const send: Client["send"] = (method, path, body, more) =>
    server.send(path, {
      method,
      headers: { "content-type": "application/json", ...headers, ...more },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) })
    })
  const by =
    (method: Method): Send =>
    (path, body, more) =>
      send(method, path, body, more)
  return { headers, send, get: by("GET"), post: by("POST"), put: by("PUT"), patch: by("PATCH"), delete: by("DELETE") }
}

const mapped = <K extends string, A, B>(record: Readonly<Record<K, A>>, change: (value: A) => B): Record<K, B> =>
  Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, change(value)])) as Record<K, B>

/** Opens a world; or another server to the users of one that is open, whose store it shares. */
export const openWorld = async (
  store: StoreLayer,
  options: Partial<StockbookOptions> = {},
  like?: World
): Promise<World> => {
  const registration = { setting: "organizations" as const }
  const server = await start({ options: { store, registration, ...options } as Partial<StockbookOptions> })
  if (like !== undefined) {
    const { admin, staff, customer, supplier, stranger, nobody } = like
    const moved = { admin, staff, customer, supplier, stranger, nobody }
    return { ...mapped(moved, ({ headers }) => clientOf(server, headers)), server, close: server.close }
  }
  const nobody = clientOf(server, {})
  const join = async (name: string, role: string, by: Client): Promise<Client> => {
    const user = { email: `${name}@example.org`, username: name, password: PASSWORD, role }
    expect((await by.post("/auth/register", user)).status).toBe(201)
    const { json } = await nobody.post("/auth/login", { username: name, password: PASSWORD })
    return clientOf(server, bearer((json as { access_token: string }).access_token))
  }
  const admin = await join("admin", "admin", nobody)
  const [staff, customer, supplier, stranger] = await Promise.all([
    join("staff", "staff", admin),
    join("customer", "customer", admin),
    join("supplier", "supplier", admin),
    join("stranger", "admin", nobody)
  ])
  return { server, admin, staff, customer, supplier, stranger, nobody, close: server.close }
}

let made = 0

/** A new product, by its id and its SKU. */
export const newProduct = async (client: Client, fields: object = {}): Promise<{ id: number; sku: string }> => {
  made += 1
  const sku = `SKU-${made}`
  const answer = await client.post("/api/v1/products/", { name: `Product ${made}`, sku, unit_price: 9.5, ...fields })
  expect(answer.status).toBe(201)
  return answer.json as { id: number; sku: string }
}

/** An endpoint as the tables of the suites have it: with a request that is well-formed for it. */
export interface Endpoint {
  readonly method: Method
  readonly path: string
  readonly body?: object
  readonly ability: Ability
  /** The status that says it is not there; 404 when left out. */
  readonly missing?: number
  /** A body it does not take, and the fields it complains of. */
  readonly malformed?: readonly [body: unknown, fields: ReadonlyArray<string>]
}

export const title = ({ method, path }: Endpoint): string => `${method} ${path}`
