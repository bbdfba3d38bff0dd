import { connect } from "node:net"
import type { Chance } from "./Chance.ts"

/** What a client sends that speaks HTTP badly, slowly or not at all. */
export interface Scene {
  readonly name: string
  /** What is sent, with pauses in milliseconds between; the connection is cut where the list ends with `cut`. */
  readonly steps: ReadonlyArray<string | Buffer | number | "cut">
  /** How many answers are to come, if that is known. */
  readonly answers?: number
}

const head = (line: string, ...headers: ReadonlyArray<string>): string =>
  [line, "Host: x", ...headers, "", ""].join("\r\n")

/** Ways to misuse a connection, for a user with this `Authorization` header. */
export const scenes = (chance: Chance, user: string): readonly [Scene, ...ReadonlyArray<Scene>] => {
  const auth = `Authorization: ${user}`
  const json = "Content-Type: application/json"
  const post = "POST /api/v1/inventory/reserve HTTP/1.1"
  const body = JSON.stringify({ product_id: 1, quantity: 1 })
  const health = head("GET /health HTTP/1.1")
  return [
    { name: "pipelined reads", steps: [health.repeat(20)], answers: 20 },
    {
      name: "pipelined writes and reads",
      steps: [`${head(post, auth, json, `Content-Length: ${body.length}`)}${body}${health}`.repeat(5)],
      answers: 10
    },
    { name: "a head that does not end", steps: ["GET /health HTTP/1.1\r\nHost: x\r\n", 300, "X-A: 1\r\n", 300, "cut"] },
    { name: "nothing at all", steps: [500, "cut"] },
    {
      name: "a slow body",
      steps: [head(post, auth, json, `Content-Length: ${body.length}`), ...slowly(body)],
      answers: 1
    },
    { name: "half a body", steps: [head(post, auth, json, "Content-Length: 500"), body, 100, "cut"] },
    { name: "less than it says", steps: [head(post, auth, json, "Content-Length: 5"), body, 50, "cut"] },
    { name: "a negative length", steps: [head(post, auth, json, "Content-Length: -1"), body] },
    { name: "two lengths", steps: [head(post, auth, json, "Content-Length: 5", "Content-Length: 6"), body] },
    {
      name: "a length and chunks",
      steps: [head(post, auth, json, "Content-Length: 5", "Transfer-Encoding: chunked"), '5\r\n{"a":\r\n0\r\n\r\n']
    },
    {
      name: "chunks",
      steps: [
        head(post, auth, json, "Transfer-Encoding: chunked"),
        `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
      ],
      answers: 1
    },
    {
      name: "chunks of no size",
      steps: [head(post, auth, json, "Transfer-Encoding: chunked"), "zz\r\n{}\r\n0\r\n\r\n"]
    },
    {
      name: "a chunk of too great a size",
      steps: [head(post, auth, json, "Transfer-Encoding: chunked"), "ffffffffffffffffff\r\n{}\r\n", 100, "cut"]
    },
    {
      name: "chunks that do not end",
      steps: [head(post, auth, json, "Transfer-Encoding: chunked"), "2\r\n{}\r\n", 100, "cut"]
    },
    { name: "an unknown coding", steps: [head(post, auth, json, "Transfer-Encoding: x"), body] },
    { name: "HTTP/1.0", steps: ["GET /health HTTP/1.0\r\n\r\n"], answers: 1 },
    { name: "HTTP/0.9", steps: ["GET /health\r\n"] },
    { name: "HTTP/2", steps: ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] },
    { name: "TLS", steps: [Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])] },
    { name: "no protocol", steps: [Buffer.from(Array.from({ length: 64 }, () => chance.int(0, 255)))] },
    { name: "no host", steps: ["GET /health HTTP/1.1\r\n\r\n"] },
    { name: "a NUL in a header", steps: ["GET /health HTTP/1.1\r\nHost: x\r\nX-A: a\u0000b\r\n\r\n"] },
    { name: "lines that end with LF", steps: ["GET /health HTTP/1.1\nHost: x\n\n"] },
    { name: "a folded header", steps: ["GET /health HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n"] },
    { name: "a blank before a colon", steps: [head("GET /health HTTP/1.1", "X-A : a")] },
    { name: "an absolute address", steps: [head("GET http://elsewhere/health HTTP/1.1")], answers: 1 },
    { name: "an asterisk", steps: [head("OPTIONS * HTTP/1.1")], answers: 1 },
    { name: "CONNECT", steps: [head("CONNECT example.org:443 HTTP/1.1"), 50, "cut"] },
    { name: "an upgrade", steps: [head("GET /health HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket")] },
    {
      name: "an unencoded path",
      steps: [Buffer.from(head("GET /api/v1/products/\u00e9\u00ff HTTP/1.1", auth), "latin1")]
    },
    { name: "a long address", steps: [head(`GET /${"x".repeat(100_000)} HTTP/1.1`)] },
    {
      name: "many headers",
      steps: [head("GET /health HTTP/1.1", ...Array.from({ length: 3000 }, (_, n) => `X-${n}: 1`))]
    },
    { name: "two authorizations", steps: [head("GET /auth/me HTTP/1.1", auth, "Authorization: Bearer x")], answers: 1 },
    {
      name: "a wish for 100",
      steps: [head(post, auth, json, `Content-Length: ${body.length}`, "Expect: 100-continue"), 20, body]
    },
    { name: "another wish", steps: [head(post, auth, json, `Content-Length: ${body.length}`, "Expect: 200-ok"), body] },
    { name: "an answer unread", steps: [head("GET /openapi.json HTTP/1.1").repeat(3), "cut"] }
  ]
}

const slowly = (body: string): ReadonlyArray<string | number> => body.split(/(?=.)/s).flatMap((letter) => [letter, 5])

/** How long answers are waited for, in milliseconds: those that must come, and those that may. */
const PATIENCE = { certain: 20_000, possible: 500 } as const

/** Plays a scene; the statuses of what came back, in order. */
export const play = (origin: string, { steps, answers }: Scene): Promise<ReadonlyArray<number>> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(origin)
    let received = ""
    const socket = connect({ host: hostname, port: Number(port) })
    socket.setEncoding("latin1")
    socket.on("data", (chunk) => {
      received += chunk
      if (statusesIn(received).length === answers) setTimeout(() => socket.destroy(), 50)
    })
    socket.once("error", () => socket.destroy())
    socket.once("close", () => resolve(statusesIn(received)))
    socket.once("connect", async () => {
      for (const step of steps) {
        if (step === "cut") {
          socket.destroy()
          return
        }
        if (typeof step === "number") await new Promise((next) => setTimeout(next, step))
        else if (socket.writable) socket.write(step)
      }
      setTimeout(() => socket.destroy(), answers === undefined ? PATIENCE.possible : PATIENCE.certain).unref()
    })
  })

const statusesIn = (received: string): ReadonlyArray<number> =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)).filter((status) => status !== 100)
