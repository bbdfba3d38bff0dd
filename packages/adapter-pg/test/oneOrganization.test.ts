import { expect, it } from "vitest"
import { ofOneOrganization } from "../src/stock/oneOrganization.ts"

it.each([
  ["SELECT 1", "SELECT 1"],
  [
    "JOIN items i ON i.organization = wanted.organization AND i.id = wanted.id",
    "JOIN items i ON (i.organization = $3 AND wanted.organization = $3) AND i.id = wanted.id"
  ],
  ["JOIN organizations o ON o.id = wanted.id", "JOIN organizations o ON o.id = $3"],
  [
    "INSERT INTO serials (organization, item)\n  SELECT organization, item FROM row",
    "INSERT INTO serials (organization, item)\n  SELECT $3::bigint, item FROM row"
  ],
  ["SELECT now, nextval('ledger_ids')", "SELECT now, $4::bigint"],
  ["WHERE reorganization = x.organization", "WHERE reorganization = x.organization"]
])("a statement of one organization: %s", (statement, rewritten) => {
  expect(ofOneOrganization(statement, 3)).toBe(rewritten)
})
