import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"

/** Whether one of the columns contains the text, ignoring ASCII case. */
export const anyContains = ({ sql, contains }: Session, columns: ReadonlyArray<string>, text: string): Fragment =>
  sql.or(columns.map((column) => contains(column, text)))
