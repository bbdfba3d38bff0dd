import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url))
const probe = new URL("./heapProbe.mjs", import.meta.url).href

/** What a process has in use, in bytes. */
export interface Memory {
  readonly heapUsed: number
  readonly rss: number
}

/** The service as its own process, with what it logs of faults. */
export interface Service {
  readonly origin: string
  readonly faults: ReadonlyArray<string>
  /** How much it has in use, after garbage was collected. */
  readonly memory: () => Promise<Memory>
  /** Ends it as an operator does; the exit code, `null` if it was killed, or ended before. */
  readonly stop: () => Promise<number | null>
}

/** Starts the service on this database, in which every registration founds an organization. */
export const startService = async (env: Readonly<Record<string, string>>): Promise<Service> => {
  const child = spawn(process.execPath, ["--expose-gc", "--import", probe, "--conditions=@stockbook/source", main], {
    env: { ...process.env, PORT: "0", REGISTRATION: "organizations", ...env },
    stdio: ["ignore", "pipe", "inherit", "ipc"]
  })
  const faults: Array<string> = []
  const origin = await new Promise<string>((resolve, reject) => {
    let rest = ""
    child.stdout?.on("data", (chunk) => {
      const lines = `${rest}${chunk}`.split("\n")
      rest = lines.pop() ?? ""
      for (const line of lines) {
        if (line.includes('"event":"fault"')) faults.push(line)
        const [, found] = /listens on (http:\/\/localhost:\d+)/.exec(line) ?? []
        if (found !== undefined) resolve(found.replace("localhost", "127.0.0.1"))
      }
    })
    child.once("exit", (code) => reject(new Error(`The service ended with ${code}`)))
  })
  return { origin, faults, memory: () => memoryOf(child), stop: () => stopped(child) }
}

const memoryOf = async (child: ChildProcess): Promise<Memory> => {
  child.send("memory")
  const [memory] = await once(child, "message")
  return memory
}

const stopped = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return null
  const ended = once(child, "exit")
  child.kill("SIGTERM")
  const [code] = await ended
  return code
}
