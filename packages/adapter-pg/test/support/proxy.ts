import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"

/**
 * Where a connection is cut:
 * - `request lost`: the server does not get it;
 * - `request torn`: the server gets the first part of it;
 * - `answer not awaited`: the server gets it, and finds nobody when it has an answer;
 * - `answer lost`: the server has answered, and is in no transaction any more: a COMMIT or a statement on its own is
 *   done, and nobody hears of it;
 * - `answer torn`: the same, with the first part of the answer.
 */
export const cuts = ["request lost", "request torn", "answer not awaited", "answer lost", "answer torn"] as const
export type Cut = (typeof cuts)[number]

/** A proxy before a Postgres server that cuts connections. */
export interface Proxy {
  /** The server's address, through the proxy. */
  readonly url: string
  /** From now on requests are cut, the next one to `most` requests after the last. */
  readonly arm: (most: number) => void
  /** From now on everything passes. */
  readonly calm: () => void
  /** How often it has cut connections in each place that were in use; those cut while they were made do not count. */
  readonly made: ReadonlyMap<Cut, number>
  readonly close: () => Promise<void>
}

export const startProxy = async (target: string, random: () => number): Promise<Proxy> => {
  const { hostname, port } = new URL(target)
  const below = (limit: number) => Math.floor(random() * limit)
  const made = new Map<Cut, number>()
  const sockets = new Set<Socket>()
  let most = 0
  let countdown = 0

  const nextCut = (): Cut | null => {
    if (most === 0 || --countdown > 0) return null
    countdown = 1 + below(most)
    return cuts[below(cuts.length)] ?? null
  }

  const track = (socket: Socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    // A socket that was cut has errors to report to nobody.
    socket.on("error", () => {}).on("close", () => sockets.delete(socket))
  }

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    track(client)
    track(upstream)
    /** The cut that waits for the answer. */
    let pending: Cut | null = null
    let inUse = false
    const count = (cut: Cut) => inUse && made.set(cut, (made.get(cut) ?? 0) + 1)
    const leaveClient = () => (random() < 0.5 ? client.destroy() : client.resetAndDestroy())
    const firstPart = (chunk: Buffer) => chunk.subarray(0, below(chunk.length))

    client.on("data", (request) => {
      const cut = pending === null ? nextCut() : null
      if (cut === null) {
        upstream.write(request)
      } else if (cut === "answer lost" || cut === "answer torn") {
        pending = cut
        upstream.write(request)
      } else {
        count(cut)
        if (cut === "request lost") upstream.destroy()
        else upstream.end(cut === "request torn" ? firstPart(request) : request)
        leaveClient()
      }
    })
    upstream.on("data", (answer) => {
      if (client.destroyed) return
      const idle = endsOutsideTransaction(answer)
      if (pending === null || !idle) {
        inUse ||= idle
        client.write(answer)
        return
      }
      count(pending)
      upstream.destroy()
      if (pending === "answer lost") leaveClient()
      else client.end(firstPart(answer))
    })
    client.on("close", () => upstream.end())
    upstream.on("close", () => client.end())
  }).listen(0, "127.0.0.1")
  await once(server, "listening")

  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("The proxy has no port")
  const url = new URL(target)
  url.hostname = "127.0.0.1"
  url.port = String(address.port)
  return {
    url: url.href,
    arm: (limit) => {
      most = limit
      countdown = 1 + below(limit)
    },
    calm: () => {
      most = 0
    },
    made,
    close: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, "close")
    }
  }
}

/** ReadyForQuery with status `I` is the last of its message (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
const readyAndIdle = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

const endsOutsideTransaction = (answer: Buffer): boolean => answer.subarray(-readyAndIdle.length).equals(readyAndIdle)
