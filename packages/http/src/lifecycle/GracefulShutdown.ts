import type { Server } from "node:http"

/** How a server is stopped. */
export interface ShutdownOptions {
  /** How long requests under way may take to finish, in milliseconds; 10 seconds by default. */
  readonly graceMillis?: number | undefined
  /** Run when no request is left: close the router and the store here. */
  readonly cleanup?: (() => Promise<void>) | undefined
  /** Ends the process; `process.exit` by default. */
  readonly exit?: ((code: number) => void) | undefined
  /** `SIGTERM` and `SIGINT` by default. */
  readonly signals?: ReadonlyArray<NodeJS.Signals> | undefined
}

const POLL_MILLIS = 50

/** Stops accepting, lets requests under way finish within the grace, then closes what is left. */
export const closeServer = (server: Server, graceMillis: number): Promise<void> =>
  new Promise((resolve) => {
    // A connection kept alive after its last answer would hold the server open.
    const idle = setInterval(() => server.closeIdleConnections(), POLL_MILLIS)
    const deadline = setTimeout(() => server.closeAllConnections(), graceMillis)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(deadline)
      resolve()
    })
    server.closeIdleConnections()
  })

/**
 * On the first signal stops the server gracefully, cleans up and exits with 0; a second signal ends the process at once
 * with 1. Returns a function that takes the handlers off again.
 */
export const stopOnSignals = (server: Server, options: ShutdownOptions = {}): (() => void) => {
  const exit = options.exit ?? ((code: number) => process.exit(code))
  const signals = options.signals ?? ["SIGTERM", "SIGINT"]
  let stopping = false
  const stop = async () => {
    if (stopping) {
      server.closeAllConnections()
      return exit(1)
    }
    stopping = true
    await closeServer(server, options.graceMillis ?? 10_000)
    try {
      await options.cleanup?.()
      exit(0)
    } catch (error) {
      console.error(error)
      exit(1)
    }
  }
  const listener = () => void stop()
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}
