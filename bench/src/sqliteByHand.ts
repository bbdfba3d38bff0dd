import { DatabaseSync } from "node:sqlite"

/** What the hand-written loop reserves of. */
export interface Target {
  readonly filename: string
  readonly organization: number
  readonly item: number
}

/**
 * Reservations as one would write them by hand over `node:sqlite`, for one hot item and nothing else: the same rows in
 * the same tables, the same batches, every statement prepared once, no rule but "enough is available", and nobody to
 * answer. Returns a function that carries out one batch of references.
 */
export const reserveByHand = ({ filename, organization, item }: Target) => {
  const database = new DatabaseSync(filename, { enableForeignKeyConstraints: true })
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768")
  const begin = database.prepare("BEGIN IMMEDIATE")
  const commit = database.prepare("COMMIT")
  const readNext = database.prepare("SELECT next FROM sequences WHERE name = 'ledger'")
  const readStock = database.prepare("SELECT * FROM item_stock WHERE organization = ? AND item = ?")
  const readLeaf = database.prepare("SELECT * FROM balances WHERE organization = ? AND item = ?")
  const insertMovement = database.prepare(`INSERT INTO movements (organization, id, item, from_account, from_location,
      from_variation, from_batch, to_account, to_location, to_variation, to_batch, quantity, available_after,
      on_hand_after, cause, hold, reference, at)
    VALUES (?, ?, ?, 'available', ?, 0, 0, 'reserved', ?, 0, 0, 1, ?, ?, 'Reserve', ?, ?, ?)`)
  const insertHold = database.prepare(`INSERT INTO hold_lines (organization, hold, line, reference, fingerprint, status,
      created_at, item, variation, batch, location, held, reserved, committed, fulfilled, released, expired)
    VALUES (?, ?, 0, ?, '00c0ffee00c0ff0000c0ffee00c0', 'open', ?, ?, 0, 0, ?, 1, 1, 0, 0, 0, 0)`)
  const writeStock =
    database.prepare(`UPDATE item_stock SET version = version + 1, clock = ?, available = ?, reserved = ?
    WHERE organization = ? AND item = ?`)
  const writeLeaf = database.prepare(`UPDATE balances SET available = ?, reserved = ?
    WHERE organization = ? AND item = ? AND location = ? AND variation = 0 AND batch = 0`)
  const writeNext = database.prepare("UPDATE sequences SET next = ? WHERE name = 'ledger'")

  return {
    batch: (references: ReadonlyArray<string>) => {
      const now = Date.now()
      begin.run()
      let id = Number(readNext.get()?.["next"])
      const stock = readStock.get(organization, item)
      const leaf = readLeaf.get(organization, item)
      const location = Number(leaf?.["location"])
      let available = Number(stock?.["available"])
      let reserved = Number(stock?.["reserved"])
      for (const reference of references) {
        if (available < 1) throw new Error("Sold out")
        available -= 1
        reserved += 1
        const hold = id++
        insertHold.run(organization, hold, reference, now, item, location)
        const onHand = available + reserved
        insertMovement.run(organization, id++, item, location, location, available, onHand, hold, reference, now)
      }
      writeStock.run(now, available, reserved, organization, item)
      writeLeaf.run(available, reserved, organization, item, location)
      writeNext.run(id)
      commit.run()
    },
    close: () => database.close()
  }
}
