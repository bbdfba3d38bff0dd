/** What a client of a hand-written opponent does over and over, as pgbench has it. */
export interface Script {
  /** How `:item` is drawn: a number, `random(1, n)` or `random_zipfian(1, n, exponent)`. */
  readonly draw: string
  /** The same, for clients in this program. */
  readonly pick: () => number
  /** All other variables. */
  readonly constants: Readonly<Record<string, string>>
  /** Sent one after the other, each after the answer to the last. */
  readonly statements: ReadonlyArray<string>
  /** The statement whose answer's columns are variables of those after it. */
  readonly answers?: number
  /** How many reservations one run of the script makes. */
  readonly rows: number
}

/** The connection option that names the schema of the tables. */
export const withSearchPath = (schema: string): string => `-c search_path=${schema}`
