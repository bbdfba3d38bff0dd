import { defaultSchema, quoted } from "../client/connect.ts"
import { functionBehindPolicies } from "./0001_functions.ts"
import { distributed } from "./distribute.ts"

/** The tables whose rows are each of one organization, and the column that says of which. */
const tables: ReadonlyArray<readonly [table: string, column: string]> = [
  ["organizations", "id"],
  ...[...distributed, "deliveries", "users"].map((table) => [table, "organization"] as const)
]

/** The one policy that a table has. */
export const policy = "one_organization"

/*
 * Looked at once for each statement, rather than for each row. After the transaction that set it, a setting is an empty
 * text.
 */
const setting = "current_setting('stockbook.organization', true)"
const one = `(SELECT nullif(nullif(${setting}, ''), '*')::bigint)`
const all = `(SELECT ${setting} = '*')`

/**
 * The statements that give a migrated schema row-level security, in order; run them in one transaction as the owner of
 * the tables, once and after every migration. They may be repeated.
 *
 * Every table whose rows are of an organization then has a policy by which a transaction reaches the rows of the
 * organization that its setting `stockbook.organization` names, all rows if that is `*`, and none while it is not set.
 * It holds for the owner too (FORCE), but not for superusers and roles with BYPASSRLS. A store that finds it there sets
 * the organization on its own.
 */
export const rowLevelSecurity = (schema = defaultSchema): ReadonlyArray<string> => [
  ...tables.flatMap(([name, column]) => {
    const table = `${quoted(schema)}.${name}`
    const reached = `(${column} = ${one} OR ${all})`
    return [
      `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
      `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
      `DROP POLICY IF EXISTS ${policy} ON ${table}`,
      `CREATE POLICY ${policy} ON ${table} USING ${reached} WITH CHECK ${reached}`
    ]
  }),
  functionBehindPolicies(quoted(schema))
]
