import { openStockbook as openPostgres } from "@stockbook/adapter-pg"
import { type OpenStockbook, openStockbook as openSqlite } from "@stockbook/adapter-sqlite"

// An instance may be frozen between two requests: nothing is left to timers.
const quiet = { sweepEvery: null, retention: null } as const

let opened: Promise<OpenStockbook> | null = null

/** The stockbook of this instance, opened by the first request; after a failure the next one tries again. */
export const stockbook = (): Promise<OpenStockbook> => {
  opened ??= open(process.env["DATABASE_URL"] ?? "sqlite:./stock.db").catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}

/** Waits for what is under way, and lets go of the store. A later request would open it again. */
export const close = async (): Promise<void> => {
  const closing = opened
  opened = null
  await (await closing)?.close()
}

const open = (url: string): Promise<OpenStockbook> =>
  url.startsWith("sqlite:")
    ? openSqlite({ filename: url.slice("sqlite:".length), ...quiet })
    : openPostgres({ url, ...quiet })
