import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { openSync, readSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { World } from "./jobs.ts"

/** A line of the client's log. */
export type Entry =
  | { readonly said: "asked" | "repeated"; readonly name: string }
  /** Answered that it was done. */
  | { readonly said: "answered"; readonly name: string; readonly status: number; readonly text: string }
  | { readonly said: "refused"; readonly name: string; readonly status: number; readonly text: string }
  /** The connection could not be made or was lost. */
  | { readonly said: "lost"; readonly name: string; readonly why: string }
  /** Asked for again after it was answered, and answered otherwise. */
  | { readonly said: "differs"; readonly name: string; readonly status: number; readonly text: string }

/** What the client is told to do. */
export type Order =
  /** Trade, and say when so many more were answered. */
  | { readonly do: "trade"; readonly until: number }
  /** Finish what is under way. */
  | { readonly do: "pause" }
  /** Ask for what was left open until it is done, and again for all that was answered. */
  | { readonly do: "settle" }

export type Report = "ready" | "enough" | "paused" | "settled"

const client = fileURLToPath(new URL("./client.ts", import.meta.url))

/** The process that trades, and what it has written to its log. */
export class Load {
  readonly #child: ChildProcess
  readonly #log: number
  readonly #reports: Array<Report> = []
  #read = 0
  #rest = ""
  #failed: Error | undefined

  private constructor(child: ChildProcess, log: number) {
    this.#child = child
    this.#log = log
    child.on("message", (report: Report) => this.#reports.push(report))
    child.once("exit", (code) => {
      this.#failed = new Error(`The client ended with ${code}`)
    })
  }

  static async start(world: World, logFile: string): Promise<Load> {
    const child = spawn(process.execPath, [client, logFile, JSON.stringify(world)], {
      stdio: ["ignore", "inherit", "inherit", "ipc"]
    })
    const load = new Load(child, openSync(logFile, "a+"))
    await load.#told("ready")
    return load
  }

  /** Has it trade until so many more were answered, and goes on. */
  async trade(until: number): Promise<void> {
    this.#tell({ do: "trade", until })
    await this.#told("enough")
  }

  async pause(): Promise<void> {
    this.#tell({ do: "pause" })
    await this.#told("paused")
  }

  async settle(): Promise<void> {
    this.#tell({ do: "settle" })
    await this.#told("settled")
  }

  /** The lines it has written since this was called last. */
  news(): ReadonlyArray<Entry> {
    const buffer = Buffer.alloc(1 << 20)
    let text = this.#rest
    for (;;) {
      const count = readSync(this.#log, buffer, 0, buffer.length, this.#read)
      if (count === 0) break
      this.#read += count
      // What it writes is ASCII but for a product's name, and no name is not.
      text += buffer.toString("latin1", 0, count)
    }
    const lines = text.split("\n")
    this.#rest = lines.pop() ?? ""
    return lines.map((line): Entry => JSON.parse(line))
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const ended = once(this.#child, "exit")
    this.#child.kill("SIGKILL")
    await ended
  }

  #tell(order: Order): void {
    this.#child.send(order)
  }

  async #told(report: Report): Promise<void> {
    for (;;) {
      const at = this.#reports.indexOf(report)
      if (at >= 0) {
        this.#reports.splice(at, 1)
        return
      }
      if (this.#failed !== undefined) throw this.#failed
      const over = new AbortController()
      const { signal } = over
      await Promise.race([once(this.#child, "message", { signal }), once(this.#child, "exit", { signal })])
      over.abort()
    }
  }
}
