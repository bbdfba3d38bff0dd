import { type ChildProcess, fork, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const program = fileURLToPath(new URL("httpServer.ts", import.meta.url))

/** `httpServer.ts` as a process of its own, with the flag that `stockbook serve` sets. */
export interface BenchHttp {
  readonly origin: string
  readonly child: ChildProcess
}

export const startHttp = (...args: ReadonlyArray<string>): Promise<BenchHttp> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--no-allocation-site-pretenuring", ...process.execArgv, program, ...args], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    child.stdout.once("data", (port) => resolve({ child, origin: `http://127.0.0.1:${String(port).trim()}` }))
    child.once("exit", () => reject(new Error("The server ended")))
  })

/** What the programs take from answers. */
interface Answer {
  readonly access_token: string
  readonly id: number
  readonly user: { readonly organization_id: number }
  readonly data: { readonly id: number }
}

/** Posts as a client with a token; fails at an answer that is none of success. */
export const postTo =
  (origin: string) =>
  async (path: string, body: object, token = ""): Promise<Answer> => {
    const response = await fetch(origin + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token === "" ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body)
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    const answer: Answer = JSON.parse(text)
    return answer
  }

const user = { email: "bench@example.com", username: "bench", password: "a long password" }

/** Registers the founder and logs in. */
export const foundAt = async (origin: string): Promise<{ readonly token: string; readonly organization: number }> => {
  const post = postTo(origin)
  await post("/api/v1/auth/register", user)
  const { access_token, user: founder } = await post("/api/auth/login", user)
  return { token: access_token, organization: founder.organization_id }
}

/** `httpReader.ts` as a process of its own. */
export const startReader = (origin: string, token: string) => {
  const child = fork(fileURLToPath(new URL("httpReader.ts", import.meta.url)), [origin, token])
  return {
    child,
    /** Milliseconds that each address took. */
    read: (addresses: ReadonlyArray<string>): Promise<ReadonlyArray<number>> =>
      new Promise((resolve, reject) => {
        const ended = () => reject(new Error("The reader ended"))
        child.once("exit", ended)
        child.once("message", (times: ReadonlyArray<number>) => {
          child.off("exit", ended)
          resolve(times)
        })
        child.send(addresses)
      })
  }
}
