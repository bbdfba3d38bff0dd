import { bulkInsert, naiveTransaction, singleStatement } from "./pgByHand.ts"
import { findPgbench, runPgbench } from "./pgbench.ts"
import { type Measured, uniform, zipf } from "./pgLoad.ts"
import { runPool } from "./pgPool.ts"
import type { Script } from "./pgScript.ts"

/** Which of the first organization's items are drawn. */
export type Spread = "hot" | "uniform" | "zipf"

/** Each item twice as often as the one of twice its rank, or a little more. */
const exponent = 1.1

/** How a spread draws an item's number, here and in pgbench. */
export const spreadOf = (spread: Spread, items: number): Pick<Script, "draw" | "pick"> => {
  switch (spread) {
    case "hot":
      return { draw: "1", pick: () => 1 }
    case "uniform":
      return { draw: `random(1, ${items})`, pick: uniform(items) }
    case "zipf":
      return { draw: `random_zipfian(1, ${items}, ${exponent})`, pick: zipf(items, exponent) }
  }
}

/** Rows of one statement of the bulk insert. */
const bulkRows = 256

export type Opponent = "single" | "naive" | "bulk"

/** A row as the engine writes it, for the bulk insert to write as many bytes. */
export interface Sample {
  readonly fingerprint: string
  readonly outcome: string
}

/** Runs the hand-written opponents on the tables in `schema`. */
export const opponents = (url: string, schema: string, items: number, sample: Sample) => {
  const pgbench = findPgbench()
  const scriptOf = (opponent: Opponent, spread: Spread): Script => {
    const base = { ...spreadOf(spread, items), constants: { organization: "1", location: "1", order: "order" } }
    switch (opponent) {
      case "single":
        return { ...base, statements: [singleStatement], rows: 1 }
      case "naive":
        return { ...base, statements: naiveTransaction, answers: 1, rows: 1 }
      case "bulk":
        return {
          ...base,
          constants: { ...base.constants, ...sample },
          statements: [bulkInsert(bulkRows)],
          rows: bulkRows
        }
    }
  }
  return {
    driver: pgbench === null ? "a pool of pg clients with prepared statements" : `${pgbench} -M prepared`,
    run: (opponent: Opponent, spread: Spread, clients: number, seconds: number): Promise<Measured> => {
      const script = scriptOf(opponent, spread)
      return pgbench === null
        ? runPool(url, schema, script, clients, seconds)
        : runPgbench(pgbench, url, schema, script, clients, seconds)
    }
  }
}
