import { Agent, request } from "node:http"

/** One request of the traffic. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH"
  readonly path: string
  readonly body?: object
  /** Told the body of an answer that says it was done. */
  readonly done?: (body: Body) => void
}

/** What the traffic reads of answers. */
export interface Body {
  readonly id?: number
  readonly access_token?: string
  readonly items?: ReadonlyArray<Body>
  readonly [index: number]: Body
}

export interface Answer {
  /** 0 where none came. */
  readonly status: number
  readonly retryAfter: string | undefined
  readonly text: string
}

/** The service as its clients have it: connections kept alive, and a token that is taken anew before it expires. */
export class Api {
  readonly #origin: string
  readonly #agent: Agent
  #token = ""

  constructor(origin: string, connections: number) {
    this.#origin = origin
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: "fifo" })
  }

  /** Sends it, and never rejects. */
  send({ method, path, body }: Call): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      ...(this.#token === "" ? {} : { authorization: `Bearer ${this.#token}` }),
      ...(payload === undefined
        ? {}
        : { "content-type": "application/json", "content-length": Buffer.byteLength(payload) })
    }
    return new Promise((resolve) => {
      const failed = (error: Error) => resolve({ status: 0, retryAfter: undefined, text: error.message })
      const sent = request(`${this.#origin}${path}`, { method, headers, agent: this.#agent }, (response) => {
        let text = ""
        response.setEncoding("utf8")
        response.on("data", (chunk: string) => {
          text += chunk
        })
        response.on("error", failed)
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"], text })
        })
      })
      sent.on("error", failed)
      sent.end(payload)
    })
  }

  /** The body of an answer; fails at one that is none of success. */
  async ask(method: Call["method"], path: string, body?: object): Promise<Body> {
    const { status, text } = await this.send({ method, path, ...(body === undefined ? {} : { body }) })
    if (status < 200 || status > 299) throw new Error(`${method} ${path} answered ${status}: ${text}`)
    return JSON.parse(text)
  }

  /** Takes a new token; one lasts thirty minutes. */
  async logIn(username: string, password: string): Promise<void> {
    const { access_token = "" } = await this.ask("POST", "/api/v1/auth/login-json", { username, password })
    this.#token = access_token
  }

  close(): void {
    this.#agent.destroy()
  }
}
