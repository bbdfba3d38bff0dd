import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url))

/** The service as a process, at the same address however often it is started. */
export class ServiceProcess {
  readonly #env: Readonly<Record<string, string>>
  readonly #arguments: ReadonlyArray<string>
  readonly origin: string
  #child: ChildProcess | undefined
  /** What it wrote of requests that it answered with 500. */
  readonly faults: Array<string> = []

  private constructor(port: number, env: Readonly<Record<string, string>>, args: ReadonlyArray<string>) {
    this.#env = { ...env, PORT: String(port) }
    this.#arguments = args
    this.origin = `http://127.0.0.1:${port}`
  }

  /** Not started yet. `args` are Node's own. */
  static async at(env: Readonly<Record<string, string>>, args: ReadonlyArray<string>): Promise<ServiceProcess> {
    return new ServiceProcess(await freePort(), env, args)
  }

  /** Starts it; it answers when this is over. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [...this.#arguments, main], {
      env: { ...process.env, ...this.#env },
      stdio: ["ignore", "pipe", "inherit"]
    })
    this.#child = child
    let rest = ""
    const listens = new Promise<void>((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n")
        rest = lines.pop() ?? ""
        for (const line of lines) {
          if (line.includes("Stockbook listens")) resolve()
          else if (/"event":"fault".*"requestId":"/.test(line)) this.faults.push(line)
        }
      })
    })
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`The service ended with ${code}`)
    })
    await Promise.race([listens, ended])
    // It is killed on purpose later.
    ended.catch(() => {})
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, "exit")
    child.kill("SIGKILL")
    await ended
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  await once(server, "close")
  if (address === null || typeof address === "string") throw new Error("The server has no port")
  return address.port
}
