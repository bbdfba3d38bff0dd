import type { PgTypes } from "@effect/sql-pg"
import { outcomeText } from "@stockbook/adapter-sql"
import { type Account, type Changes, type Guard, type Hold, holdStatus, type Movement } from "@stockbook/core"
import { bigints, noNumber, texts } from "../client/parameters.ts"
import { accounts, statuses } from "../schema/0001_tables.ts"

const encode = JSON.stringify

/** The guard of the locked road, where the locks guard. */
export const noGuard: Guard = { versions: [], locations: [], absentKeys: [], absentReferences: [] }

/**
 * Changes and their guard as the parameters of `store_changes`: for each table the numbers of all rows one after the
 * other, and its columns of texts. The places within a row are those the function reads.
 */
export const encodeChanges = (
  changes: Changes,
  guard: Guard,
  wantsIds: boolean
): ReadonlyArray<PgTypes.Parameter | boolean> => {
  const { firstId } = changes
  const settled = changes.holds.filter((hold) => hold.id < firstId)
  const made = changes.holds.filter((hold) => hold.id >= firstId || changes.grown.has(hold.id))
  // In one order for all processes: two that insert the same keys wait for each other at most one way round.
  const records = changes.records.toSorted((a, b) => a.organization - b.organization || order(a.key, b.key))
  return [
    wantsIds,
    bigints(guard.versions.flatMap(({ organization, item, version }) => [organization, item, version])),
    bigints(guard.locations.flatMap(({ organization, id }) => [organization, id])),
    bigints(guard.absentKeys.map(({ organization }) => organization)),
    texts(guard.absentKeys.map(({ id }) => id)),
    bigints(guard.absentReferences.map(({ organization }) => organization)),
    texts(guard.absentReferences.map(({ id }) => id)),
    items(changes),
    sparse(changes.items.map(({ details }) => details)),
    balances(changes),
    ...settledHolds(settled, changes.grown),
    ...newHolds(made, changes.grown),
    ...movements(changes.movements),
    bigints(changes.events.flatMap(({ organization, id, at }) => [organization, id, at])),
    texts(changes.events.map(({ event }) => encode(event))),
    bigints(records.map(({ organization }) => organization)),
    texts(records.map(({ key }) => key)),
    texts(records.map(({ fingerprint }) => fingerprint)),
    texts(records.map(({ outcome }) => outcomeText(outcome)))
  ]
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Texts that most rows have none of. */
const sparseTexts = (values: ReadonlyArray<string | null>): PgTypes.Parameter =>
  texts(values.every((value) => value === null) ? [] : values)

/** Values that most rows have none of. */
const sparse = (values: ReadonlyArray<object | null>): PgTypes.Parameter =>
  sparseTexts(values.map((value) => (value === null ? null : encode(value))))

const placeOf = <Name extends string>(names: ReadonlyArray<Name>, name: Name): number => names.indexOf(name) + 1

type Texts = Array<string | null>

const items = (changes: Changes): PgTypes.Parameter => {
  const numbers: Array<number> = []
  for (const row of changes.items) {
    numbers.push(row.organization, row.item, row.version, row.openedAt ?? noNumber)
    numbers.push(row.lowStockThreshold ?? noNumber, row.alert ? 1 : 0)
    numbers.push(row.clock, row.available, row.reserved, row.committed, row.quarantined, row.negativeLimit)
  }
  return bigints(numbers)
}

const balances = (changes: Changes): PgTypes.Parameter => {
  const numbers: Array<number> = []
  for (const row of changes.balances) {
    numbers.push(row.organization, row.item, row.location, row.variation ?? 0, row.batch ?? 0)
    numbers.push(row.available, row.reserved, row.committed, row.quarantined, row.negativeLimit)
  }
  return bigints(numbers)
}

/** What a line names, and what was held, never changes. */
const settledHolds = (holds: ReadonlyArray<Hold>, grown: Changes["grown"]): [PgTypes.Parameter, PgTypes.Parameter] => {
  const numbers: Array<number> = []
  const words: Texts = []
  for (const hold of holds) {
    const status = holdStatus(hold)
    const known = grown.get(hold.id) ?? hold.lines.length
    for (const line of hold.lines) {
      if (line.line >= known) continue
      numbers.push(hold.organization, hold.id, line.line, hold.expiresAt ?? noNumber)
      numbers.push(line.reserved, line.committed, line.fulfilled, line.released, line.expired)
      words.push(status)
    }
  }
  return [bigints(numbers), texts(words)]
}

const newHolds = (holds: ReadonlyArray<Hold>, grown: Changes["grown"]): ReadonlyArray<PgTypes.Parameter> => {
  const numbers: Array<number> = []
  const fingerprints: Texts = []
  const references: Texts = []
  // One that is over already has given its reference up, and goes before the one that took it. Otherwise, again, in one
  // order for all processes.
  const status = new Map(holds.map((hold) => [hold, holdStatus(hold)]))
  const live = (hold: Hold) => (status.get(hold) === "open" || status.get(hold) === "fulfilled" ? 1 : 0)
  for (const hold of holds.toSorted((a, b) => live(a) - live(b) || order(a.reference ?? "", b.reference ?? ""))) {
    const known = grown.get(hold.id) ?? 0
    for (const line of hold.lines) {
      if (line.line < known) continue
      numbers.push(hold.organization, hold.id, line.line, hold.createdAt)
      numbers.push(line.item, line.variation ?? 0, line.batch ?? 0, line.location, line.held)
      numbers.push(line.reserved, line.committed, line.fulfilled, line.released, line.expired)
      numbers.push(hold.expiresAt ?? noNumber, placeOf(statuses, status.get(hold) ?? holdStatus(hold)))
      fingerprints.push(hold.fingerprint)
      references.push(hold.reference)
    }
  }
  return [bigints(numbers), texts(fingerprints), sparseTexts(references)]
}

const movements = (rows: ReadonlyArray<Movement>): ReadonlyArray<PgTypes.Parameter> => {
  const numbers: Array<number> = []
  for (const row of rows) {
    numbers.push(row.organization, row.id, row.item, row.quantity, row.availableAfter, row.onHandAfter, row.at)
    pushLeaf(numbers, row.from)
    pushLeaf(numbers, row.to)
    numbers.push(row.hold ?? noNumber, row.actor ?? noNumber)
    numbers.push(placeOf(accounts, nameOf(row.from)), placeOf(accounts, nameOf(row.to)))
  }
  return [
    bigints(numbers),
    texts(rows.map((row) => row.cause)),
    sparseTexts(rows.map((row) => row.reason)),
    sparseTexts(rows.map((row) => row.reference)),
    sparseTexts(rows.map((row) => row.note)),
    sparse(rows.map((row) => row.details))
  ]
}

const pushLeaf = (numbers: Array<number>, account: Account): void => {
  if (typeof account === "string") numbers.push(noNumber, noNumber, noNumber)
  else numbers.push(account.location, account.variation ?? 0, account.batch ?? 0)
}

const nameOf = (account: Account) => (typeof account === "string" ? account : account.state)
