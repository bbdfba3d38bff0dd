import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite"

/** Where the database is, and how it is opened. */
export interface DatabaseConfig {
  /** A file's path, or `:memory:`. */
  readonly filename: string
  /** Opens without the right to write; the file must be there. */
  readonly readonly?: boolean | undefined
  /** How many prepared statements are kept; 200 when left out. */
  readonly prepareCacheSize?: number | undefined
}

/** A row as SQLite gives it. */
export type Row = Record<string, SQLOutputValue>

/**
 * One open connection with its prepared statements. All calls are synchronous and throw what `node:sqlite` throws;
 * integers beyond ±(2^53 − 1) throw rather than lose digits.
 */
export class Database {
  readonly raw: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #capacity: number

  constructor(config: DatabaseConfig, handle: DatabaseSync = opened(config)) {
    this.raw = handle
    this.#capacity = config.prepareCacheSize ?? 200
  }

  /** Over a handle that is open, and stays its owner's. */
  static over(handle: DatabaseSync): Database {
    return new Database({ filename: handle.location() ?? ":memory:" }, handle)
  }

  /** The prepared statement of a text; the oldest make room. */
  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.raw.prepare(sql)
    // A handle may have been opened to give bigints or arrays.
    statement.setReadBigInts(false)
    statement.setReturnArrays(false)
    if (this.#statements.size >= this.#capacity) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest)
        break
      }
    }
    this.#statements.set(sql, statement)
    return statement
  }

  /** Whether a transaction is open. */
  get isTransaction(): boolean {
    return this.raw.isTransaction
  }

  /** Runs statements that have no parameters. */
  exec(sql: string): void {
    this.raw.exec(sql)
  }

  all(sql: string, ...params: ReadonlyArray<SQLInputValue>): Array<Row> {
    return this.prepare(sql).all(...params)
  }

  get(sql: string, ...params: ReadonlyArray<SQLInputValue>): Row | undefined {
    return this.prepare(sql).get(...params)
  }

  /** Runs a statement and returns how many rows it changed. */
  run(sql: string, ...params: ReadonlyArray<SQLInputValue>): number {
    return Number(this.prepare(sql).run(...params).changes)
  }

  close(): void {
    this.#statements.clear()
    this.raw.close()
  }
}

const opened = (config: DatabaseConfig): DatabaseSync => {
  // A timeout of 0: waiting for a lock must not stop the event loop. See `whileBusy`.
  const handle = new DatabaseSync(config.filename, {
    readOnly: config.readonly ?? false,
    enableForeignKeyConstraints: true,
    timeout: 0
  })
  try {
    if (config.filename !== ":memory:" && config.readonly !== true) handle.exec("PRAGMA journal_mode = WAL")
    // FULL: a commit is on the disk before it is acknowledged. The cache (32 MiB) keeps the hot pages of the indexes.
    handle.exec("PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY")
  } catch (error) {
    handle.close()
    throw error
  }
  return handle
}
