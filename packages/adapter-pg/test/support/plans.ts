import { setTimeout } from "node:timers/promises"
import { PgClient } from "@effect/sql-pg/PgClient"
import { Effect } from "effect"
import type { TestServer } from "./TestServer.ts"

/** Settings of a server that writes the plan of every statement it carries out to its log, with what came of it. */
export const explaining = [
  "shared_preload_libraries=auto_explain",
  "auto_explain.log_min_duration=0",
  "auto_explain.log_format=json",
  "auto_explain.log_analyze=on",
  "auto_explain.log_timing=off",
  "auto_explain.log_nested_statements=on",
  "log_line_prefix="
]

/** One way a table's rows were come by. */
export interface Scan {
  readonly table: string
  /** `Seq Scan`, `Index Scan`, `Index Only Scan` … */
  readonly kind: string
  /** The index; empty when there was none. */
  readonly index: string
  /** How many rows were looked at, those that did not fit included. */
  readonly rows: number
  readonly statement: string
}

/**
 * Runs something that nobody else disturbs, and answers how the server came by the rows it needed: the real statements
 * with their real parameters, those within functions and triggers included.
 */
export const scansOf = Effect.fnUntraced(function* <A, E, R>(server: TestServer, work: Effect.Effect<A, E, R>) {
  const sql = yield* PgClient
  const from = yield* mark(server, sql)
  yield* work
  const until = yield* mark(server, sql)
  return plansIn(server.log().slice(from, until)).flatMap(({ text, plan }) => scansIn(plan, text))
})

let marks = 0

/** Where everything so far is in the log before. */
const mark = Effect.fnUntraced(function* (server: TestServer, sql: PgClient) {
  const name = `mark ${++marks}.`
  yield* sql.unsafe(`SELECT '${name}'`)
  while (!server.log().includes(name)) yield* Effect.promise(() => setTimeout(5))
  return server.log().lastIndexOf("LOG:", server.log().indexOf(name))
})

interface Explained {
  readonly text: string
  readonly plan: PlanNode
}

/** https://www.postgresql.org/docs/current/auto-explain.html: what EXPLAIN writes, each line after a tab. */
const plansIn = (log: string): ReadonlyArray<Explained> =>
  Array.from(log.matchAll(/^LOG: {2}duration: .* plan:\n((?:\t.*\n)+)/gm), ([, lines = ""]) => {
    const explained: { readonly "Query Text": string; readonly Plan: PlanNode } = JSON.parse(lines)
    return { text: explained["Query Text"].replaceAll(/\s+/g, " "), plan: explained.Plan }
  })

interface PlanNode {
  readonly "Node Type": string
  readonly "Relation Name"?: string
  readonly "Index Name"?: string
  readonly "Actual Rows"?: number
  readonly "Actual Loops"?: number
  readonly "Rows Removed by Filter"?: number
  readonly "Rows Removed by Index Recheck"?: number
  readonly Plans?: ReadonlyArray<PlanNode>
}

const scansIn = (node: PlanNode, statement: string): ReadonlyArray<Scan> => {
  const kind = node["Node Type"]
  const table = node["Relation Name"]
  const loops = node["Actual Loops"] ?? 0
  const perLoop =
    (node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0)
  const below = (node.Plans ?? []).flatMap((each) => scansIn(each, statement))
  if (table === undefined || !kind.includes("Scan")) return below
  // A bitmap's index is named below the table.
  const index = node["Index Name"] ?? node.Plans?.[0]?.["Index Name"] ?? ""
  return [{ table, kind, index, rows: Math.round(perLoop * loops), statement }, ...below]
}
