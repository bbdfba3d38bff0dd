import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))

/** A JSON document a test looks into. */
export interface Json {
  readonly [field: string]: Json & string & number & boolean
}

/** An answer of the service. */
export interface Answer {
  readonly status: number
  readonly body: Json
}

/** The service as its own process, on a database file of its own that outlives it. */
export class RunningService {
  readonly folder = mkdtempSync(join(tmpdir(), "stockbook-"))
  readonly database = join(this.folder, "stock.db")
  token = ""
  #child: ChildProcess | undefined
  #origin = ""

  /** Starts it, again on the same file if it ran before. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, ["--conditions=@stockbook/source", main], {
      env: { ...process.env, PORT: "0", DATABASE_URL: `sqlite:${this.database}`, ...env },
      stdio: ["ignore", "pipe", "inherit"]
    })
    this.#child = child
    this.#origin = await new Promise((resolve, reject) => {
      let text = ""
      child.stdout?.on("data", (chunk) => {
        text += chunk
        const match = /listens on (http:\/\/localhost:\d+)/.exec(text)
        if (match?.[1] !== undefined) resolve(match[1])
      })
      child.once("exit", (code) => reject(new Error(`The service ended with ${code}`)))
    })
  }

  get origin(): string {
    return this.#origin
  }

  /** Sends a signal and waits for the end; answers with the exit code, `null` when it was killed. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)))
    child.kill(signal)
    return ended
  }

  /** Registers the founder and logs in. */
  async found(): Promise<void> {
    await this.post("/api/v1/auth/register", { email: "ada@example.com", password: "correct horse" })
    const { body } = await this.post("/api/v1/auth/login-json", {
      username: "ada@example.com",
      password: "correct horse"
    })
    this.token = String(body["access_token"])
  }

  async get(path: string): Promise<Answer> {
    return this.#send("GET", path)
  }

  async post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.#send("POST", path, body, headers)
  }

  async #send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {}
  ): Promise<Answer> {
    const response = await fetch(this.#origin + path, {
      method,
      headers: {
        ...(this.token === "" ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await response.text()
    return { status: response.status, body: text === "" ? {} : JSON.parse(text) }
  }

  async remove(): Promise<void> {
    await this.stop("SIGKILL")
    rmSync(this.folder, { recursive: true, force: true })
  }
}
