import { Predicate } from "effect"

/**
 * An error of SQLite itself, with its extended result code where effect's classifier looks for it (`errno`).
 * https://sqlite.org/rescode.html
 */
export class SqliteFailure extends Error {
  override readonly name = "SqliteFailure"
  readonly errno: number
  /** Whether COMMIT was running. */
  readonly committing: boolean
  constructor(errno: number, message: string, cause: unknown, committing: boolean) {
    super(message, { cause })
    this.errno = errno
    this.committing = committing
  }
}

/** The failure that what was thrown stands for; `null` when it is no error of the database. */
export const sqliteFailure = (thrown: unknown, committing = false): SqliteFailure | null => {
  if (thrown instanceof SqliteFailure) return thrown
  if (!(thrown instanceof Error) || !Predicate.hasProperty(thrown, "code")) return null
  if (thrown.code === "ERR_SQLITE_ERROR" && Predicate.hasProperty(thrown, "errcode")) {
    return new SqliteFailure(Number(thrown.errcode), thrown.message, thrown, committing)
  }
  // An integer that a JavaScript number cannot hold: no row that this program wrote has one.
  if (thrown.code === "ERR_OUT_OF_RANGE" && thrown.message.includes("JavaScript number")) {
    return new SqliteFailure(resultCode.corrupt, thrown.message, thrown, committing)
  }
  if (thrown.code === "ERR_INVALID_STATE" && thrown.message.includes("database is not open")) {
    return new SqliteFailure(resultCode.cantOpen, thrown.message, thrown, committing)
  }
  return null
}

/** The primary result codes the adapter tells apart. */
export const resultCode = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  protocol: 15,
  constraint: 19
} as const

/** The code without its extension. */
export const primaryCode = (failure: SqliteFailure): number => failure.errno & 0xff
