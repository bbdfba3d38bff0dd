/**
 * Rewrites a statement about several organizations, each compared with another row's, into one about the organization
 * that is its parameter `place`. In a batch of one organization both mean the same, but from the second a planner that
 * spreads rows over servers by their organization knows, of every table, on which of them they are:
 *
 * - `a.organization = b.organization` becomes `(a.organization = $n AND b.organization = $n)`; likewise the ids of
 *   `organizations`;
 * - rows to insert begin with `$n` in place of their `organization`;
 * - the block of ids is taken beforehand, for sequences are not where the rows are, and is the parameter after `place`.
 *
 * It knows how the statements of this folder are written, and nothing else of SQL. That it leaves none of their tables
 * out is a test, which reads what it makes with Postgres's own parser.
 */
export const ofOneOrganization = (statement: string, place: number): string =>
  statement
    .replaceAll(
      /\b(\w+)\.organization = (\w+)\.organization\b/g,
      `($1.organization = $$${place} AND $2.organization = $$${place})`
    )
    .replaceAll(/\borganizations o ON o\.id = \w+\.id\b/g, `organizations o ON o.id = $$${place}`)
    .replaceAll(/(INSERT INTO \w+\s+\(organization,[^)]*\)\s+SELECT )organization,/g, `$1$$${place}::bigint,`)
    .replaceAll("nextval('ledger_ids')", `$${place + 1}::bigint`)
