import { fork } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Told } from "../soakServer.ts"

const program = fileURLToPath(new URL("../soakServer.ts", import.meta.url))

/** The most that was seen of a figure since it was last asked for. */
export interface Busiest {
  readonly waiting: number
  readonly inFlight: number
  /** Milliseconds. */
  readonly delay: number
}

/** The service under load, as a process of its own. */
export interface Service {
  readonly origin: string
  readonly busiest: () => Busiest
  /** What is left after garbage was collected, bytes. */
  readonly memory: () => Promise<{ readonly rss: number; readonly heap: number }>
  readonly stop: () => void
}

export const startService = (url: string): Promise<Service> =>
  new Promise((resolve, reject) => {
    const child = fork(program, [url], { execArgv: [...process.execArgv, "--expose-gc"] })
    let most: Busiest = { waiting: 0, inFlight: 0, delay: 0 }
    const asked: Array<(memory: { rss: number; heap: number }) => void> = []
    const service = (port: number): Service => ({
      origin: `http://127.0.0.1:${port}`,
      busiest: () => {
        const seen = most
        most = { waiting: 0, inFlight: 0, delay: 0 }
        return seen
      },
      memory: () =>
        new Promise((told) => {
          asked.push(told)
          child.send("memory")
        }),
      stop: () => child.kill()
    })
    child.on("message", (told: Told) => {
      if (told._tag === "Port") resolve(service(told.port))
      else if (told._tag === "Memory") asked.shift()?.(told)
      else {
        most = {
          waiting: Math.max(most.waiting, told.load.waiting),
          inFlight: Math.max(most.inFlight, told.load.inFlight),
          delay: Math.max(most.delay, told.delay)
        }
      }
    })
    child.once("exit", (code) => reject(new Error(`The service ended with ${code}`)))
  })
