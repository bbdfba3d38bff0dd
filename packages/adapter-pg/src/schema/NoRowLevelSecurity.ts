import { Schema } from "effect"

const says = {
  tables: "Tables with an organization are without row-level security",
  superuser: "Row-level security does not hold for a superuser",
  bypassrls: "Row-level security does not hold for a role with BYPASSRLS",
  sharded: "A sharded store has no row-level security"
} as const

/** Row-level security was asked for, or is in the database, and would keep nobody out. Nothing was changed. */
export class NoRowLevelSecurity extends Schema.TaggedError<NoRowLevelSecurity>()("NoRowLevelSecurity", {
  /** `tables` are without it, or the `role` goes past it (`superuser`, `bypassrls`), or the store is `sharded`. */
  reason: Schema.Literals(["tables", "superuser", "bypassrls", "sharded"]),
  /** The role that the store connects as. */
  role: Schema.String,
  /** The tables that have an organization and are not kept by the one policy of `rowLevelSecurity`, by name. */
  tables: Schema.Array(Schema.String)
}) {
  override get message() {
    const of = this.tables.length > 0 ? `: ${this.tables.join(", ")}` : ""
    return `${says[this.reason]} (${this.role})${of}`
  }
}
