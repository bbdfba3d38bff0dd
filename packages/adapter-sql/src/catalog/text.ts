import type { Fragment } from "effect/sql/Statement"
import type { Session } from "../Session.ts"

/** The pattern that finds a text anywhere, with LIKE's own signs taken literally. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`

/** Whether one of the columns contains the text, ignoring ASCII case. */
export const anyContains = ({ sql, dialect }: Session, columns: ReadonlyArray<string>, text: string): Fragment =>
  sql.or(
    columns.map((column) => sql`${sql.literal(column)} ${sql.literal(dialect.like)} ${containing(text)} ESCAPE ${"\\"}`)
  )
