import { statSync } from "node:fs"
import type { Writable } from "node:stream"

/** How far a long task came. */
export interface Progress {
  readonly add: (amount: number) => void
  readonly stop: () => void
}

const silent: Progress = { add: () => {}, stop: () => {} }

/** Where a bar is drawn: standard error, unless it is told otherwise. */
export type Screen = Writable & { readonly isTTY?: boolean }

/** A bar on a terminal; nothing where nobody looks, or where it is not known how long it takes. */
export const progressOver = async (
  total: number | null,
  unit: "bytes" | "pages",
  screen: Screen = process.stderr
): Promise<Progress> => {
  if (total === null || total === 0 || screen.isTTY !== true) return silent
  const { default: bars } = await import("cli-progress")
  const scale = unit === "bytes" ? 1e6 : 1
  const bar = new bars.SingleBar({
    format: `{bar} {percentage} % | {value} of {total} ${unit === "bytes" ? "MB" : unit} | {eta_formatted} left`,
    formatValue: (value, _, type) =>
      type === "value" || type === "total" ? (value / scale).toFixed(scale === 1 ? 0 : 1) : String(value),
    hideCursor: true,
    stopOnComplete: true,
    stream: screen
  })
  bar.start(total, 0)
  return { add: (amount) => bar.increment(amount), stop: () => bar.stop() }
}

/** The size of a file in bytes; `null` of a stream. */
export const sizeOf = (path: string): number | null => (path === "-" ? null : statSync(path).size)
