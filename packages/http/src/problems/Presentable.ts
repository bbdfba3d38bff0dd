const MASK = "**********"
const MAX_DEPTH = 4
const MAX_ENTRIES = 50
const MAX_TEXT = 500

/** Whether a field of this name holds what nobody should be shown. */
export const isSecret = (name: string): boolean => /password|secret|token/i.test(name)

/** A rejected input as it may be sent back: secrets masked; depth, breadth and length bounded. */
export const presentable = (input: unknown, depth = 0): unknown => {
  if (typeof input === "string") return input.length > MAX_TEXT ? `${input.slice(0, MAX_TEXT)}…` : input
  if (typeof input === "number") return Number.isFinite(input) ? input : String(input)
  if (typeof input === "bigint") return String(input)
  if (typeof input === "boolean" || input === null) return input
  if (typeof input !== "object") return null
  if (depth === MAX_DEPTH) return "…"
  if (Array.isArray(input)) return input.slice(0, MAX_ENTRIES).map((entry) => presentable(entry, depth + 1))
  return Object.fromEntries(
    Object.entries(input)
      .slice(0, MAX_ENTRIES)
      .map(([name, value]) => [name, isSecret(name) ? MASK : presentable(value, depth + 1)])
  )
}

/** The masked form of whatever stands at this path. */
export const presentableAt = (path: ReadonlyArray<string | number>, input: unknown): unknown =>
  path.some((segment) => typeof segment === "string" && isSecret(segment)) ? MASK : presentable(input)
