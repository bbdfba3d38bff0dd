import { createServer, type IncomingHttpHeaders } from "node:http"

export interface Received {
  readonly body: Record<string, unknown>
  readonly text: string
  readonly headers: IncomingHttpHeaders
  /** What names the event. */
  readonly id: string
}

/** How a receiver behaves: a status, no answer at all, or the connection cut. */
export type Behaviour = number | "hang" | "cut"

export const WEBHOOK_SECRET = "a secret shared with the receiver, long enough"

/** A receiver that behaves like this in turn, and then answers with 204. */
export const openReceiver = async (behaviours: Array<Behaviour> = [], headers: Record<string, string> = {}) => {
  const received: Array<Received> = []
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => void chunks.push(chunk))
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString()
      const id = String(request.headers["stockbook-event-id"])
      received.push({ body: JSON.parse(text), text, headers: request.headers, id })
      const behaviour = behaviours.shift() ?? 204
      if (behaviour === "cut") request.socket.destroy()
      else if (behaviour !== "hang") response.writeHead(behaviour, headers).end("thanks")
    })
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  await listen(0)
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("The receiver listens on no port")
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    webhook: { url: `http://127.0.0.1:${address.port}/hook`, secret: WEBHOOK_SECRET },
    received,
    /** The ids received, once there are so many different ones. */
    ids: async (count: number) => {
      await until(() => new Set(received.map(({ id }) => id)).size >= count)
      return received.map(({ id }) => id)
    },
    /** What was received, once it is as much; whatever is too much gets time to arrive. */
    until: async (count: number) => {
      await until(() => received.length >= count)
      await settle()
      return received
    },
    close,
    comeBack: () => listen(address.port)
  }
}

/** Waits until something is true, at most thirty seconds; whether it is then is the caller's to test. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let waited = 0; !(await condition()) && waited < 30_000; waited += 10) await sleep(10)
}

/** Long enough for what should not come to come. */
export const settle = (): Promise<void> => sleep(150)

const sleep = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis))
