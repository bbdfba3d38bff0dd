import type { SQLInputValue } from "node:sqlite"
import { bodyOf, outcomeText, soughtOf } from "@stockbook/adapter-sql"
import {
  type Account,
  type Changes,
  type Hold,
  holdStatus,
  type Movement,
  type Serial,
  type StockDocument
} from "@stockbook/core"
import type { Database } from "../client/Database.ts"
import * as statements from "./statements.ts"

/**
 * Stores what a folded batch changed. Leaves go before the movements and holds that refer to them.
 */
export const write = (database: Database, changes: Changes, now: number): void => {
  const { firstId } = changes
  writeStock(database, changes)
  writeHolds(database, changes)
  for (const document of changes.documents) writeDocument(database, document)
  for (const serial of changes.serials) writeSerial(database, serial)
  insertMany(database, statements.insertMovements, changes.movements, pushMovement)
  for (const { organization, id, event, at } of changes.events) {
    database.prepare(statements.insertEvent).run(organization, id, JSON.stringify(event), at)
  }
  insertMany(database, statements.insertRecords, changes.records, (params, record) => {
    params.push(record.organization, record.key, record.fingerprint, outcomeText(record.outcome), now)
  })
  if (changes.nextId !== firstId) database.prepare(statements.writeNextId).run(changes.nextId)
}

const writeStock = (database: Database, changes: Changes): void => {
  for (const row of changes.items) {
    database
      .prepare(statements.writeItem)
      .run(
        row.version,
        row.openedAt,
        row.lowStockThreshold,
        row.alert ? 1 : 0,
        row.clock,
        row.available,
        row.reserved,
        row.committed,
        row.quarantined,
        row.negativeLimit,
        row.details === null ? null : JSON.stringify(row.details),
        row.organization,
        row.item
      )
  }
  for (const row of changes.balances) {
    database
      .prepare(statements.writeBalance)
      .run(
        row.organization,
        row.item,
        row.location,
        row.variation ?? 0,
        row.batch ?? 0,
        row.available,
        row.reserved,
        row.committed,
        row.quarantined,
        row.negativeLimit
      )
  }
}

/**
 * Holds come in the order they were touched, and those that were there go before new ones: one that gave its reference
 * up is over in the table before the one that took it.
 */
const writeHolds = (database: Database, { holds, grown, firstId }: Changes): void => {
  const added: Array<NewLine> = []
  for (const hold of holds) {
    const status = holdStatus(hold)
    for (const line of hold.lines) {
      if (hold.id >= firstId || line.line >= (grown.get(hold.id) ?? hold.lines.length))
        added.push({ hold, line, status })
      else {
        database
          .prepare(statements.updateHoldLine)
          .run(
            status,
            hold.expiresAt,
            line.reserved,
            line.committed,
            line.fulfilled,
            line.released,
            line.expired,
            hold.organization,
            hold.id,
            line.line
          )
      }
    }
  }
  insertMany(database, statements.insertHoldLines, added, pushHoldLine)
}

interface NewLine {
  readonly hold: Hold
  readonly line: Hold["lines"][number]
  readonly status: string
}

const pushHoldLine = (params: Array<SQLInputValue>, { hold, line, status }: NewLine): void => {
  params.push(
    hold.organization,
    hold.id,
    line.line,
    hold.reference,
    hold.fingerprint,
    status,
    hold.expiresAt,
    hold.createdAt,
    line.item,
    line.variation ?? 0,
    line.batch ?? 0,
    line.location,
    line.held,
    line.reserved,
    line.committed,
    line.fulfilled,
    line.released,
    line.expired
  )
}

const writeDocument = (database: Database, document: StockDocument): void => {
  const { organization, id, kind, reference, status, dueAt, createdAt, updatedAt } = document
  const { from, to, partner, amount, words } = soughtOf(document)
  const attached = document.attached ? 1 : 0
  database
    .prepare(statements.writeDocument)
    .run(
      organization,
      id,
      kind,
      reference,
      status,
      attached,
      dueAt,
      createdAt,
      updatedAt,
      from,
      to,
      partner,
      amount,
      words,
      bodyOf(document)
    )
  for (const item of document.items) {
    database.prepare(statements.writeDocumentItem).run(organization, item, id, attached)
  }
}

const writeSerial = (database: Database, { organization, item, serial, place, hold, updatedAt }: Serial): void => {
  database
    .prepare(statements.writeSerial)
    .run(
      organization,
      item,
      serial,
      place?.state ?? null,
      place?.variation ?? 0,
      place?.batch ?? 0,
      place?.location ?? null,
      hold,
      updatedAt
    )
}

const pushMovement = (params: Array<SQLInputValue>, movement: Movement): void => {
  params.push(movement.organization, movement.id, movement.item)
  pushAccount(params, movement.from)
  pushAccount(params, movement.to)
  params.push(
    movement.quantity,
    movement.availableAfter,
    movement.onHandAfter,
    movement.cause,
    movement.hold,
    movement.reason,
    movement.reference,
    movement.note,
    movement.actor,
    movement.at,
    movement.details === null ? null : JSON.stringify(movement.details)
  )
}

const pushAccount = (params: Array<SQLInputValue>, account: Account): void => {
  if (typeof account === "string") params.push(account, null, null, null)
  else params.push(account.state, account.location, account.variation ?? 0, account.batch ?? 0)
}

/** So many rows go into one statement: each run of a statement has its own cost, and 16 rows share it well enough. */
const chunk = 16

const insertMany = <A>(
  database: Database,
  statement: (rows: number) => string,
  values: ReadonlyArray<A>,
  push: (params: Array<SQLInputValue>, value: A) => void
): void => {
  let at = 0
  for (const size of [chunk, 1]) {
    if (values.length - at < size) continue
    const insert = database.prepare(statement(size))
    while (values.length - at >= size) {
      const params: Array<SQLInputValue> = []
      for (const value of values.slice(at, at + size)) push(params, value)
      insert.run(...params)
      at += size
    }
  }
}
