import { describe, expect, it } from "vitest"
import { type Strictness, unscopedTables } from "./support/organizationFilter.ts"

const tables = ["locations", "items", "item_stock", "balances", "hold_lines", "outbox"]
const columns = new Map([["organizations", "id"], ...tables.map((table) => [table, "organization"] as const)])
const unscoped = (statement: string, strictness: Strictness) => unscopedTables(statement, strictness, columns)

describe("a statement that says of which organization every row is", () => {
  it.each([
    ["SELECT 1"],
    ["SELECT * FROM items WHERE organization = $1 AND id > $2"],
    ["SELECT * FROM items i WHERE $1 = i.organization"],
    ["SELECT * FROM stockbook.organizations WHERE id = $1::bigint"],
    ["SELECT * FROM items i JOIN item_stock s ON s.organization = i.organization WHERE s.organization = $1"],
    ["SELECT * FROM items i LEFT JOIN item_stock s ON s.organization = $1 WHERE i.organization = $1"],
    ["SELECT * FROM items WHERE organization = $1 AND id IN (SELECT item FROM balances WHERE organization = $1)"],
    [
      "SELECT * FROM items i WHERE i.organization = $1 AND EXISTS (SELECT FROM balances b WHERE b.organization = i.organization)"
    ],
    ["WITH a AS (SELECT 1 FROM items WHERE organization = $1) SELECT * FROM a"],
    ["SELECT 1 FROM items WHERE organization = $1 UNION ALL SELECT 1 FROM outbox WHERE organization = $1"],
    [
      "UPDATE item_stock s SET version = 1 FROM unnest($2::bigint[]) AS u(item) WHERE s.organization = $1 AND s.item = u.item"
    ],
    ["DELETE FROM outbox o WHERE o.organization = $1 AND at < $2"],
    ["INSERT INTO items (id, organization) SELECT u.id, $1 FROM unnest($2::bigint[]) AS u(id)"],
    ["INSERT INTO items (id, organization) VALUES ($1, $2) ON CONFLICT (organization, id) DO NOTHING"],
    ['SELECT 1 FROM ONLY "stockbook"."items" x WHERE "organization" OPERATOR(pg_catalog.=) $1 FOR KEY SHARE OF x'],
    [
      `WITH RECURSIVE above AS (SELECT id, parent FROM locations WHERE organization = $1 AND id = $2
        UNION SELECT l.id, l.parent FROM above JOIN locations l ON l.organization = $1 AND l.id = above.parent)
       SELECT id FROM above`
    ],
    ["EXISTS (SELECT FROM items WHERE organization = $1)"]
  ])("passes: %s", async (statement) => {
    expect(await unscoped(statement, "one")).toEqual([])
    expect(await unscoped(statement, "any")).toEqual([])
  })

  it.each([
    [
      "SELECT h.hold FROM unnest($1::bigint[], $2::bigint[]) AS w(organization, id) JOIN hold_lines h ON h.organization = w.organization",
      "hold_lines"
    ],
    [
      "UPDATE item_stock s SET version = 1 FROM generate_series(0, 9) r WHERE s.organization = numbers[r + 1]",
      "item_stock"
    ],
    [
      "INSERT INTO outbox (organization, id) SELECT w.organization, 1 FROM unnest($1::bigint[]) AS w(organization)",
      "outbox"
    ],
    ["INSERT INTO outbox (organization, id) SELECT numbers[1], 1", "outbox"]
  ])("may say of many, where that is allowed: %s", async (statement, table) => {
    expect(await unscoped(statement, "any")).toEqual([])
    expect(await unscoped(statement, "one")).toEqual([table])
  })

  it.each([
    ["SELECT * FROM items", "items"],
    ["SELECT * FROM items WHERE id = $1", "items"],
    ["SELECT * FROM items WHERE organization > $1", "items"],
    ["SELECT * FROM items WHERE organization = $1 OR id = $2", "items"],
    ["SELECT * FROM items WHERE organization = organization", "items"],
    ["SELECT * FROM items WHERE NOT organization = $1", "items"],
    ["SELECT * FROM items i WHERE i.organization = i.id", "items"],
    ["SELECT * FROM items i, balances b WHERE i.organization = $1 AND b.item = i.id", "balances"],
    ["SELECT * FROM items i LEFT JOIN balances b ON i.organization = $1 AND b.organization = $1", "items"],
    ["SELECT * FROM items i LEFT JOIN balances b ON b.item = i.id WHERE i.organization = $1", "balances"],
    ["SELECT * FROM items WHERE organization = $1 AND id IN (SELECT item FROM balances)", "balances"],
    ["SELECT (SELECT count(*) FROM balances) FROM items WHERE organization = $1", "balances"],
    ["WITH a AS (SELECT 1 FROM items) SELECT * FROM a", "items"],
    ["SELECT * FROM (SELECT 1 FROM items) a", "items"],
    ["SELECT 1 FROM items WHERE organization = $1 UNION ALL SELECT 1 FROM outbox", "outbox"],
    ["UPDATE items SET name = $1 WHERE id = $2", "items"],
    ["DELETE FROM outbox WHERE at < $1", "outbox"],
    ["INSERT INTO items (id) VALUES ($1)", "items"],
    ["INSERT INTO items (id, organization) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", "items"],
    ["SELECT cursor FROM subscriptions WHERE name = $1", "subscriptions"],
    ["SELECT * FROM later WHERE organization = $1", "later"]
  ])("is found out: %s", async (statement, table) => {
    expect(await unscoped(statement, "any")).toEqual([table])
    expect(await unscoped(statement, "one")).toEqual([table])
  })

  it("is read as Postgres reads it, or not at all", async () => {
    await expect(unscoped("SELECT FROM WHERE", "any")).rejects.toThrow("syntax error")
    await expect(unscoped("TRUNCATE items", "any")).rejects.toThrow("TruncateStmt")
  })
})
