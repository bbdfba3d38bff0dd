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
 * answer. `plain` takes each reservation through its five statements; `gathered` writes the item's row and its balance
 * once a batch, as the engine does.
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
      on_hand_after, cause, hold, at)
    VALUES (?, ?, ?, 'available', ?, 0, 0, 'reserved', ?, 0, 0, 1, ?, ?, 'Reserve', ?, ?)`)
  const insertHold = database.prepare(`INSERT INTO hold_lines (organization, hold, line, fingerprint, status,
      created_at, item, variation, batch, location, held, reserved, committed, fulfilled, released, expired)
    VALUES (?, ?, 0, '', 'open', ?, ?, 0, 0, ?, 1, 1, 0, 0, 0, 0)`)
  const insertRecord = database.prepare(`INSERT INTO idempotency (organization, key, fingerprint, outcome, at)
    VALUES (?, ?, 'c0ffee00c0ff0000c0ffee00', ?, ?)`)
  const takeOne = database.prepare(`UPDATE balances SET available = available - 1, reserved = reserved + 1
    WHERE organization = ? AND item = ? AND location = ? AND variation = 0 AND batch = 0 AND available >= 1`)
  const countOne = database.prepare(`UPDATE item_stock SET version = version + 1, clock = ?, available = available - 1,
      reserved = reserved + 1
    WHERE organization = ? AND item = ?`)
  const writeStock =
    database.prepare(`UPDATE item_stock SET version = version + 1, clock = ?, available = ?, reserved = ?
    WHERE organization = ? AND item = ?`)
  const writeLeaf = database.prepare(`UPDATE balances SET available = ?, reserved = ?
    WHERE organization = ? AND item = ? AND location = ? AND variation = 0 AND batch = 0`)
  const writeNext = database.prepare("UPDATE sequences SET next = ? WHERE name = 'ledger'")

  /** One batch; what differs is when the item's row and its balance are written. */
  const batch = (keys: ReadonlyArray<string>, gather: boolean) => {
    const now = Date.now()
    begin.run()
    let id = Number(readNext.get()?.["next"])
    const stock = readStock.get(organization, item)
    const location = Number(readLeaf.get(organization, item)?.["location"])
    let available = Number(stock?.["available"])
    let reserved = Number(stock?.["reserved"])
    for (const key of keys) {
      const taken = gather ? available >= 1 : takeOne.run(organization, item, location).changes === 1
      if (!taken) throw new Error("Sold out")
      if (!gather) countOne.run(now, organization, item)
      available -= 1
      reserved += 1
      const hold = id++
      const movement = id++
      insertHold.run(organization, hold, now, item, location)
      insertMovement.run(organization, movement, item, location, location, available, available + reserved, hold, now)
      insertRecord.run(organization, key, outcome(hold, movement, item, location, available, reserved, now), now)
    }
    if (gather) {
      writeStock.run(now, available, reserved, organization, item)
      writeLeaf.run(available, reserved, organization, item, location)
    }
    writeNext.run(id)
    commit.run()
  }

  return {
    plain: (keys: ReadonlyArray<string>) => batch(keys, false),
    gathered: (keys: ReadonlyArray<string>) => batch(keys, true),
    close: () => database.close()
  }
}

/** What a repeated key is answered with, in the shape the engine keeps: an array, without names. */
const outcome = (
  hold: number,
  movement: number,
  item: number,
  location: number,
  available: number,
  reserved: number,
  at: number
) =>
  JSON.stringify([
    0,
    [
      [
        movement,
        item,
        ["available", location],
        ["reserved", location],
        1,
        available,
        available + reserved,
        "Reserve",
        hold,
        at
      ]
    ],
    [[hold, null, "", null, at, [[0, item, null, null, location, 1, 1, 0, 0, 0, 0]]]],
    [[item, available, reserved, 0, 0]],
    []
  ])
