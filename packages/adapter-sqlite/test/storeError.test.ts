import { describe, expect, it } from "vitest"
import { SqliteFailure } from "../src/client/SqliteFailure.ts"
import { toStoreError } from "../src/client/storeError.ts"

/** Extended result codes, https://sqlite.org/rescode.html. */
const table: ReadonlyArray<readonly [what: string, code: number, open: string, committing: string]> = [
  ["SQLITE_FULL: the disk is full", 13, "unavailable", "unavailable"],
  ["SQLITE_READONLY: told to write no more", 8, "unavailable", "unavailable"],
  ["SQLITE_READONLY_DIRECTORY", 1544, "unavailable", "unavailable"],
  ["SQLITE_IOERR_READ", 266, "unavailable", "unknown"],
  ["SQLITE_IOERR_WRITE", 778, "unavailable", "unknown"],
  ["SQLITE_IOERR_FSYNC", 1034, "unavailable", "unknown"],
  ["SQLITE_IOERR_SHMSIZE: no room for the log's index", 4874, "unavailable", "unknown"],
  ["SQLITE_CANTOPEN", 14, "unavailable", "unavailable"],
  ["SQLITE_NOMEM", 7, "unavailable", "unavailable"],
  ["SQLITE_PERM", 3, "unavailable", "unavailable"],
  ["SQLITE_BUSY", 5, "busy", "busy"],
  ["SQLITE_BUSY_SNAPSHOT", 517, "busy", "busy"],
  ["SQLITE_LOCKED", 6, "busy", "busy"],
  ["SQLITE_PROTOCOL", 15, "busy", "busy"],
  ["SQLITE_CONSTRAINT_UNIQUE: a name taken first", 2067, "conflict", "conflict"],
  ["SQLITE_CONSTRAINT_CHECK: a guard of the schema", 275, "corrupt", "corrupt"],
  ["SQLITE_CORRUPT", 11, "corrupt", "corrupt"],
  ["SQLITE_NOTADB", 26, "corrupt", "corrupt"]
]

describe("What SQLite minds, to a caller of the store", () => {
  it.each(table)("%s", (_, code, open, committing) => {
    const reason = (duringCommit: boolean) => toStoreError(new SqliteFailure(code, "said", null, duringCommit)).reason
    expect([reason(false), reason(true)]).toEqual([open, committing])
  })
})
