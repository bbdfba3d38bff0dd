/** One request of a flow. */
export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  readonly path: string
  /** Sent as JSON; as a form where it is a `URLSearchParams`. */
  readonly body?: object
}

export interface Answer {
  readonly status: number
  /** `undefined` when the answer has no body. */
  readonly json: unknown
}

/** A JSON document a flow takes ids from. */
export interface Json {
  readonly [field: string]: Json & string & number
}

/** Asks for one thing, after saying in a heading what it is; what comes back is written down and handed on. */
export type Ask = (say: string, request: Request) => Promise<Json>

/** What a client of one API does, from founding the organization on. */
export interface Flow {
  /** Names the file it is written to. */
  readonly api: string
  readonly title: string
  readonly play: (ask: Ask, authorize: (token: string) => void) => Promise<void>
}

export const get = (path: string): Request => ({ method: "GET", path })
export const post = (path: string, body?: object): Request => ({
  method: "POST",
  path,
  ...(body === undefined ? {} : { body })
})
export const put = (path: string, body?: object): Request => ({
  method: "PUT",
  path,
  ...(body === undefined ? {} : { body })
})
export const patch = (path: string, body: object): Request => ({ method: "PATCH", path, body })
export const remove = (path: string): Request => ({ method: "DELETE", path })
