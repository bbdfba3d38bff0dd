/**
 * Rows of `table`, as `alias`, looked up for each row before it. The OFFSET keeps the planner from turning the lookup
 * into a join, whose plan would be right only for tables of the size they had when it was made.
 */
export const lookUp = (table: string, alias: string, condition: string): string =>
  `CROSS JOIN LATERAL (SELECT * FROM ${table} ${alias} WHERE ${condition} OFFSET 0) ${alias}`
