import type { StoreError } from "@stockbook/core"

/** One line per request. Times are milliseconds; `organization` and `user` are `null` where nobody was identified. */
export interface AccessEntry {
  readonly level: "info"
  readonly event: "request"
  readonly time: string
  readonly requestId: string
  readonly method: string
  /** The path without its query, which might carry what does not belong in a log. */
  readonly path: string
  /** 499 if the client went away before the answer. */
  readonly status: number
  readonly ms: number
  readonly organization: number | null
  readonly user: number | null
}

/** A fault of ours, with what the 500 of its request does not say. */
export interface FaultEntry {
  readonly level: "error"
  readonly event: "fault"
  readonly time: string
  /** `null` for a fault outside any request, such as a store that cannot be opened. */
  readonly requestId: string | null
  readonly cause: string
}

/** Why a request was answered that the store is not available, or that nobody knows whether it was done. */
export interface StoreEntry {
  readonly level: "warn"
  readonly event: "store"
  readonly time: string
  readonly requestId: string
  readonly reason: StoreError["reason"]
  readonly cause: string
}

/** A try to deliver a notification that failed; `dead` when it was the last. */
export interface DeliveryEntry {
  readonly level: "warn" | "error"
  readonly event: "delivery"
  readonly time: string
  /** The same at every try, and what the receiver was sent. */
  readonly id: string
  readonly channel: string
  readonly attempt: number
  readonly dead: boolean
  readonly cause: string
}

/** An e-mail, where no mail server is configured. */
export interface MailEntry {
  readonly level: "info"
  readonly event: "mail"
  readonly time: string
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

export type LogEntry = AccessEntry | FaultEntry | StoreEntry | DeliveryEntry | MailEntry

/** Where log entries go. Called synchronously on the request's path, so it must be cheap and must not throw. */
export type Logger = (entry: LogEntry) => void

/** JSON lines on standard output, gathered over one turn of the event loop. */
export const jsonLines = (write: (lines: string) => void = (lines) => process.stdout.write(lines)): Logger => {
  let pending = ""
  const flush = () => {
    const lines = pending
    pending = ""
    write(lines)
  }
  return (entry) => {
    if (pending === "") setImmediate(flush)
    pending += `${JSON.stringify(entry)}\n`
  }
}

/** How much goes to a log: entries of this level and of those after it, or none. */
export const logLevels = ["info", "warn", "error", "none"] as const
export type LogLevel = (typeof logLevels)[number]

/** A log that leaves out what is of less than a level. */
export const atLeast = (level: LogLevel, log: Logger): Logger => {
  const least = logLevels.indexOf(level)
  return (entry) => {
    if (logLevels.indexOf(entry.level) >= least) log(entry)
  }
}
