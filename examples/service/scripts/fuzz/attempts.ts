import { gzipSync } from "node:zlib"
import { Predicate } from "effect"
import type { Attempt } from "./Attempt.ts"
import type { Chance } from "./Chance.ts"
import { Entries, Raw, render } from "./json.ts"
import type { Pool } from "./Pool.ts"
import { validValue } from "./valid.ts"
import { wildObject, wildTexts, wildValue } from "./wild.ts"

/** An endpoint as the document has it. */
export interface Operation {
  readonly method: string
  /** Where it was declared, with its parameters as `:name`. */
  readonly path: string
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly in: string; readonly schema: unknown }>
  readonly body: unknown
  /** Hashes passwords, which takes longer than everything else together. */
  readonly slow: boolean
}

/** How a request is meant: to fit, to fit but for one thing, or not at all. */
export type Mood = "valid" | "nearly" | "wild"

export interface Players {
  /** `Authorization` headers of users of each role. */
  readonly users: readonly [string, ...ReadonlyArray<string>]
}

/** Every endpoint of a merged document. */
export const operationsOf = (document: unknown): ReadonlyArray<Operation> =>
  Object.entries(Object(Object(document)["paths"])).flatMap(([path, methods]) =>
    Object.entries(Object(methods)).map(([method, operation]) => {
      const { parameters = [], requestBody } = Object(operation)
      return {
        method: method.toUpperCase(),
        path: path.replace(/\{(\w+)\}/g, ":$1"),
        parameters,
        body: Object(Object(Object(requestBody)["content"])["application/json"])["schema"],
        slow: /\/auth\/(login|register)/.test(path)
      }
    })
  )

const contentTypes = [
  "application/json; charset=utf-8",
  "application/json; charset=utf-16",
  "application/json; charset=latin1",
  "application/json;charset=\u00e9",
  "APPLICATION/JSON",
  "application/json, text/plain",
  "application/problem+json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "multipart/form-data",
  "text/plain",
  "text/html",
  "application/xml",
  "application/octet-stream",
  "*/*",
  "",
  ";",
  "json"
] as const

const conditions = ['""', "*", '"x"', 'W/"x"', 'W/""', "x", '"a", "b", *', `"${"e".repeat(3000)}"`, "\u00e9"] as const
const keys = ["", " ", "k", "\u00e9\u00e8", "x".repeat(200), "x".repeat(201), "a, b", "__proto__", '"quoted"'] as const
const methods = [
  "GET",
  "HEAD",
  "OPTIONS",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "TRACE",
  "PROPFIND",
  "PURGE",
  "QUERY"
] as const
const badEscapes = [
  "%",
  "%f",
  "%ff",
  "%00",
  "%2e%2e",
  "%c0%ae",
  "%ed%a0%80",
  "%u0041",
  "+",
  "%2F",
  ";a=b",
  "//",
  "%25"
] as const

/** A request of an operation, with what goes with it. */
export const attemptOf = (operation: Operation, mood: Mood, chance: Chance, pool: Pool, players: Players): Attempt => {
  const making = { chance, pool, path: operation.path }
  const pieces = mood === "wild" ? 3 : mood === "nearly" ? 1 : 0
  const spoilt = new Set(
    Array.from({ length: pieces }, () => chance.pick(["path", "query", "body", "body", "body", "headers", "method"]))
  )

  const params = operation.path.replace(/:(\w+)/g, (_, name: string) => {
    if (spoilt.has("path")) return wildSegment(chance)
    return encodeURIComponent(String(pool.idFor(chance, operation.path, name) ?? chance.int(1, 20)))
  })
  const query = operation.parameters
    .filter((parameter) => parameter.in === "query" && chance.happens(0.35))
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(validValue(schema, making, name)))}`)
  if (spoilt.has("query")) query.push(...wildQuery(chance, operation))
  const slash = chance.happens(0.1) ? "/" : ""
  const url = `${params}${slash}${query.length === 0 ? "" : `?${query.join("&")}`}`

  const headers: Array<readonly [string, string]> = []
  if (chance.happens(0.96))
    headers.push(["authorization", chance.happens(0.7) ? players.users[0] : chance.pick(players.users)])
  if (operation.body !== undefined) headers.push(["content-type", "application/json"])
  if (operation.method !== "GET" && chance.happens(0.15)) headers.push(["idempotency-key", `key ${chance.int(1, 200)}`])
  if (spoilt.has("headers")) headers.push(...wildHeaders(chance))

  let body: Buffer | null = null
  if (operation.body !== undefined) {
    const value = validValue(operation.body, making)
    body = spoilt.has("body") ? wildBody(value, chance) : Buffer.from(render(value))
  } else if (spoilt.has("body") && chance.happens(0.3)) {
    body = Buffer.from(render(wildValue(chance)))
  }
  if (body !== null && chance.happens(0.02)) {
    headers.push(["content-encoding", chance.pick(["gzip", "deflate", "br", "zstd", "gzip, gzip", "identity", "x"])])
    if (chance.happens(0.5)) body = gzipSync(body)
  }
  const method = spoilt.has("method") ? chance.pick(methods) : operation.method
  return { method, url, headers: unique(headers), body: method === "GET" || method === "HEAD" ? null : body }
}

/** The last of each name, as what was spoilt comes last. */
const unique = (headers: ReadonlyArray<readonly [string, string]>) => [...new Map(headers)]

const wildSegment = (chance: Chance): string => {
  switch (chance.int(0, 4)) {
    case 0:
      return chance.pick(badEscapes)
    case 1:
      return "9".repeat(chance.pick([1, 16, 19, 400]))
    case 2:
      return encodeURIComponent("/".repeat(chance.int(1, 3)))
    default:
      return escaped(chance.pick(wildTexts))
  }
}

/** Lone surrogates have no encoding: as they would come from a program that does not know. */
const escaped = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"))

const wildQuery = (chance: Chance, { parameters }: Operation): ReadonlyArray<string> => {
  const name = chance.any(parameters.filter((parameter) => parameter.in === "query"))?.name ?? "page"
  const value = () => (chance.happens(0.2) ? chance.pick(badEscapes) : escaped(chance.pick(wildTexts)))
  switch (chance.int(0, 5)) {
    case 0:
      return [`${name}=${value()}`, `${name}=${value()}`]
    case 1:
      return [`${name}[]=${value()}`, `${name}[a]=${value()}`, `${name}%5B%5D=1`]
    case 2:
      return [`__proto__[x]=1&constructor=1&__proto__=${value()}`]
    case 3:
      return ["&&&==&=1&%", name]
    case 4:
      return Array.from({ length: chance.pick([5, 1500]) }, (_, n) => `${chance.happens(0.5) ? name : "p"}=${n}`)
    default:
      return [`${name}=${value()}`]
  }
}

const wildHeaders = (chance: Chance): ReadonlyArray<readonly [string, string]> => {
  switch (chance.int(0, 9)) {
    case 0:
    case 1:
      return [["content-type", chance.pick(contentTypes)]]
    case 2:
      return [["if-match", chance.pick(conditions)]]
    case 3:
      return [["if-none-match", chance.pick(conditions)]]
    case 4:
    case 5:
      return [["idempotency-key", chance.pick(keys)]]
    case 6:
      return [
        ["authorization", chance.pick(["Bearer", "Bearer  ", "bearer x", "Basic YTpi", "\u00e9", "Bearer a.b.c"])]
      ]
    case 7:
      return [
        ["accept", chance.pick(["text/html", "application/xml;q=0.1", "", "x"])],
        ["range", "bytes=0-1"]
      ]
    case 8:
      return [["x-large", "x".repeat(chance.pick([2000, 15_000]))]]
    default:
      return [
        ["x-request-id", chance.pick(["", "a b", "x".repeat(500), "ok-1"])],
        ["x-http-method-override", "DELETE"],
        ["x-user-id", "1"],
        ["x-organization-id", "2"],
        ["x-user-role", "admin"],
        ["cookie", "a=b; __proto__=c"]
      ]
  }
}

const wildBody = (value: unknown, chance: Chance): Buffer => {
  const text = render(value)
  switch (chance.int(0, 9)) {
    case 0:
      return Buffer.from(text.slice(0, chance.int(0, text.length)))
    case 1:
      return Buffer.from(chance.pick([`\ufeff${text}`, `${text}${text}`, `${text},`, `/*x*/${text}`, `${text}\u0000`]))
    case 2:
      return chance.pick([Buffer.from(text, "utf16le"), Buffer.concat([Buffer.from([0xff, 0xc0]), Buffer.from(text)])])
    case 3:
      return Buffer.from(render(wildValue(chance)))
    case 4:
      return Buffer.from(render([value, value]))
    case 5:
      // Small on the wire of those that are refused, too large for those that are read.
      return chance.happens(0.02) ? Buffer.alloc(5 * 1024 * 1024, 0x20) : Buffer.from("")
    default:
      return Buffer.from(render(withOneSpoilt(value, chance)))
  }
}

/** The value with something else somewhere within it. */
const withOneSpoilt = (value: unknown, chance: Chance): unknown => {
  if (Array.isArray(value) && value.length > 0 && chance.happens(0.8)) {
    const at = chance.int(0, value.length - 1)
    return value.map((each, n) => (n === at ? withOneSpoilt(each, chance) : each))
  }
  if (!Predicate.isObject(value) || Object.keys(value).length === 0) return wildValue(chance)
  const entries = Object.entries(value)
  const at = chance.int(0, entries.length - 1)
  const [name = "", old] = entries[at] ?? []
  switch (chance.int(0, 5)) {
    case 0:
      return new Entries(entries.filter((_, n) => n !== at))
    case 1:
      return new Entries([...entries, [name, wildValue(chance)]])
    case 2:
      return new Entries([...entries, ...wildObject(chance).all])
    case 3:
      return new Entries(entries.map(([key, each], n) => [key, n === at ? [each] : each]))
    case 4:
      return new Entries(
        entries.map(([key, each], n) => [
          key,
          n === at ? new Raw(`"${String(each).slice(0, 20).replace(/["\\]/g, "")}"`) : each
        ])
      )
    default:
      return new Entries(
        entries.map(([key, each], n) => [
          key,
          n === at ? withOneSpoilt(Predicate.isObject(old) ? old : null, chance) : each
        ])
      )
  }
}
