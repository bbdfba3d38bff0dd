import { appendFileSync, existsSync, readFileSync } from "node:fs"

/** One call of a driver that changed something. */
export interface Entry {
  /** Epoch milliseconds. */
  readonly at: number
  readonly driver: string
  readonly method: string
  readonly args: ReadonlyArray<unknown>
}

/** Maps and sets as JSON has no word for them. */
const encode = (_: string, value: unknown): unknown => {
  if (value instanceof Map) return { $map: Array.from(value) }
  return value instanceof Set ? { $set: Array.from(value) } : value
}

const decode = (_: string, value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value
  if ("$map" in value && Array.isArray(value.$map)) return new Map(value.$map)
  return "$set" in value && Array.isArray(value.$set) ? new Set(value.$set) : value
}

/** Everything that was written to a file, oldest first; nothing where there is none. */
export const readJournal = (file: string): ReadonlyArray<Entry> =>
  existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Entry => JSON.parse(line, decode))
    : []

/** What is appended outlives the process; a store that is no toy would also wait for the disk. */
export const append = (file: string, entry: Entry): void => appendFileSync(file, `${JSON.stringify(entry, encode)}\n`)
