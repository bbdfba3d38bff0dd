import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"

/**
 * The token secret kept beside a database file, made when there is none: readable by its owner only. Of several
 * processes that start at once, one makes it and all use it. A database in memory gets one that lives as long.
 */
export const keptSecret = (filename: string): string => {
  const made = randomBytes(48).toString("base64url")
  if (filename === ":memory:") return made
  const file = `${filename}.secret`
  try {
    writeFileSync(file, made, { flag: "wx", mode: 0o600 })
    return made
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
    return readFileSync(file, "utf8").trim()
  }
}
