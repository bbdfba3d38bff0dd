/**
 * What the query planner is told of the tables: rows, then how many share the first column of an index, the first
 * two, and so on (https://sqlite.org/fileformat2.html#stat1tab).
 *
 * Without it, SQLite supposes ten rows to each organization, and would rather walk all of an organization's holds than
 * use the index of their references. With it, plans are the same in a new database and in a large one, and nobody has
 * to run ANALYZE. The figures are those of a store with ten organizations and a million movements.
 */
export const statistics: ReadonlyArray<readonly [table: string, index: string, stat: string]> = [
  ["items", "sqlite_autoindex_items_1", "100000 10000 1"],
  ["items", "sqlite_autoindex_items_2", "100000 10000 1"],
  ["items", "sqlite_autoindex_items_3", "100000 10000 1"],
  ["items", "items_by_id", "100000 10000 1 1 1"],
  ["items", "items_by_name", "100000 10000 1 1 1 1"],
  ["items", "items_by_creation", "100000 10000 1 1 1"],
  ["variations", "sqlite_autoindex_variations_1", "100000 10000 1"],
  ["variations", "sqlite_autoindex_variations_2", "100000 10000 1"],
  ["variations", "sqlite_autoindex_variations_3", "100000 10000 1"],
  ["variations", "variations_by_item", "100000 10000 4 1"],
  ["variations", "variation_names", "100000 10000 4 4 1"],
  ["batches", "sqlite_autoindex_batches_1", "100000 10000 1"],
  ["batches", "batches_by_item", "100000 10000 4 1"],
  ["batches", "batch_names", "100000 10000 4 4 1"],
  ["categories", "sqlite_autoindex_categories_1", "1000 100 1"],
  ["categories", "category_names", "1000 100 1"],
  ["brands", "sqlite_autoindex_brands_1", "1000 100 1"],
  ["brands", "brand_names", "1000 100 1"],
  ["units", "sqlite_autoindex_units_1", "1000 100 1"],
  ["units", "unit_names", "1000 100 1"],
  ["partners", "sqlite_autoindex_partners_1", "10000 1000 1"],
  ["partners", "partners_by_kind", "10000 1000 500 1"],
  ["partners", "partner_users", "10000 1000 500 1"],
  ["reasons", "reasons", "100 10 1"],
  ["kit_components", "kit_components", "10000 1000 4 1"],
  ["kit_components", "kit_components_by_item", "10000 1000 4"],
  ["item_stock", "item_stock", "100000 10000 1"],
  ["item_stock", "item_stock_by_on_hand", "100000 10000 100 1"],
  ["item_stock", "opened", "50000 5000 1"],
  ["item_stock", "low_stock", "5000 500 1"],
  ["balances", "balances", "200000 20000 2 1 1 1"],
  ["movements", "movements", "1000000 100000 1"],
  ["movements", "movements_by_item", "1000000 100000 1000 1"],
  ["movements", "movements_by_id", "1000000 1"],
  ["hold_lines", "hold_lines", "1000000 100000 1 1"],
  ["hold_lines", "hold_lines_by_item", "1000000 100000 1000 1"],
  ["hold_lines", "live_references", "500000 50000 1 1"],
  ["hold_lines", "past_references", "500000 50000 2 1"],
  ["hold_lines", "expiring", "10000 2 1 1 1"],
  ["hold_lines", "expiring_by_item", "10000 10000 10 1"],
  ["hold_lines", "anonymous", "10000 1000 10 1"],
  ["serials", "serials", "100000 10000 100 1"],
  ["serials", "serials_kept", "10000 1000 2"],
  ["idempotency", "sqlite_autoindex_idempotency_1", "1000000 100000 1"],
  ["outbox", "outbox", "100000 10000 1"],
  ["outbox", "outbox_by_id", "100000 1"],
  ["locations", "sqlite_autoindex_locations_1", "100 10 1"],
  ["locations", "sqlite_autoindex_locations_2", "100 10 1"]
]
