import type { Account, Hold, HoldLine, ItemLevels, Movement, OrganizationId, Outcome, Shortfall } from "@stockbook/core"

/*
 * A recorded outcome is read only when a caller repeats a command, and written with every one that has a key. As JSON
 * with the names of all fields it was four times as long, and two fifths of all that a reservation writes.
 */

/** Fields in the order of these types, without names; an inside account without variation and batch is without both. */
type Packed = readonly [
  replayed: 0 | 1,
  movements: ReadonlyArray<PackedMovement>,
  holds: ReadonlyArray<PackedHold>,
  items: ReadonlyArray<PackedLevels>,
  shortfalls: ReadonlyArray<PackedShortfall>,
  documents?: Outcome["documents"],
  parts?: NonNullable<Outcome["parts"]>
]

type PackedAccount =
  | Extract<Account, string>
  | readonly [
      InsideAccount["state"],
      InsideAccount["location"],
      variation?: InsideAccount["variation"],
      batch?: InsideAccount["batch"]
    ]

type InsideAccount = Exclude<Account, string>

type PackedMovement = readonly [
  Movement["id"],
  Movement["item"],
  from: PackedAccount,
  to: PackedAccount,
  Movement["quantity"],
  Movement["availableAfter"],
  Movement["onHandAfter"],
  Movement["cause"],
  Movement["hold"],
  Movement["at"],
  context?: readonly [
    Movement["reason"],
    Movement["reference"],
    Movement["note"],
    Movement["actor"],
    Movement["details"]?
  ]
]

type PackedHold = readonly [
  Hold["id"],
  Hold["reference"],
  Hold["fingerprint"],
  Hold["expiresAt"],
  Hold["createdAt"],
  lines: ReadonlyArray<PackedLine>
]

type PackedLine = readonly [
  HoldLine["line"],
  HoldLine["item"],
  HoldLine["variation"],
  HoldLine["batch"],
  HoldLine["location"],
  held: number,
  reserved: number,
  committed: number,
  fulfilled: number,
  released: number,
  expired: number
]

type PackedLevels = readonly [ItemLevels["item"], number, number, number, number]

type PackedShortfall = readonly [Shortfall["line"], Shortfall["item"], requested: number, reserved: number]

/**
 * An outcome as it is recorded. All of it is of one organization, which the record names. It is the JSON of a `Packed`,
 * put together without making one: this is done for every command with a key.
 */
export const outcomeText = ({ replayed, movements, holds, items, shortfalls, documents, parts }: Outcome): string => {
  const first = `[${replayed ? 1 : 0},${list(movements, movementText)},${list(holds, holdText)},${list(items, levelsText)}`
  const rest = documents.length === 0 && parts === undefined ? "" : `,${JSON.stringify(documents)}`
  return `${first},${list(shortfalls, shortfallText)}${rest}${parts === undefined ? "" : `,${JSON.stringify(parts)}`}]`
}

const list = <A>(values: ReadonlyArray<A>, text: (value: A) => string): string => {
  let all = ""
  for (const value of values) all += all === "" ? text(value) : `,${text(value)}`
  return `[${all}]`
}

const movementText = (of: Movement): string => {
  const { reason, reference, note, actor, details } = of
  const bare = reason === null && reference === null && note === null && actor === null && details === null
  const figures = `${of.quantity},${of.availableAfter},${of.onHandAfter},${JSON.stringify(of.cause)},${of.hold},${of.at}`
  const context = bare ? "" : `,${JSON.stringify(contextOf(of))}`
  return `[${of.id},${of.item},${accountText(of.from)},${accountText(of.to)},${figures}${context}]`
}

const accountText = (account: Account): string => {
  if (typeof account === "string") return `"${account}"`
  const { state, location, variation, batch } = account
  return variation === null && batch === null
    ? `["${state}",${location}]`
    : `["${state}",${location},${variation},${batch}]`
}

const holdText = ({ id, reference, fingerprint, expiresAt, createdAt, lines }: Hold): string =>
  `[${id},${JSON.stringify(reference)},${JSON.stringify(fingerprint)},${expiresAt},${createdAt},${list(lines, lineText)}]`

const lineText = (of: HoldLine): string => {
  const named = `${of.line},${of.item},${of.variation},${of.batch},${of.location}`
  return `[${named},${of.held},${of.reserved},${of.committed},${of.fulfilled},${of.released},${of.expired}]`
}

const levelsText = (of: ItemLevels): string =>
  `[${of.item},${of.available},${of.reserved},${of.committed},${of.quarantined}]`

const shortfallText = (of: Shortfall): string => `[${of.line},${of.item},${of.requested},${of.reserved}]`

/** The outcome that `outcomeText` recorded. The checked boundary: only this program writes the column. */
export const outcomeOf = (organization: OrganizationId, text: string): Outcome => {
  const [replayed, movements, holds, items, shortfalls, documents = [], parts] = JSON.parse(text) as Packed
  return {
    movements: movements.map((packed) => toMovement(organization, packed)),
    holds: holds.map((packed) => toHold(organization, packed)),
    items: items.map(([item, available, reserved, committed, quarantined]) => ({
      item,
      available,
      reserved,
      committed,
      quarantined
    })),
    shortfalls: shortfalls.map(([line, item, requested, reserved]) => ({ line, item, requested, reserved })),
    documents,
    ...(parts === undefined ? {} : { parts }),
    replayed: replayed === 1
  }
}

const toAccount = (packed: PackedAccount): Account => {
  if (typeof packed === "string") return packed
  const [state, location, variation = null, batch = null] = packed
  return { state, location, variation, batch }
}

const contextOf = ({ reason, reference, note, actor, details }: Movement): NonNullable<PackedMovement[10]> =>
  details === null ? [reason, reference, note, actor] : [reason, reference, note, actor, details]

const toMovement = (organization: OrganizationId, packed: PackedMovement): Movement => {
  const [id, item, from, to, quantity, availableAfter, onHandAfter, cause, hold, at, context] = packed
  const [reason, reference, note, actor, details = null] = context ?? [null, null, null, null]
  return {
    organization,
    id,
    item,
    from: toAccount(from),
    to: toAccount(to),
    quantity,
    availableAfter,
    onHandAfter,
    cause,
    hold,
    at,
    reason,
    reference,
    note,
    actor,
    details
  }
}

const toHold = (organization: OrganizationId, packed: PackedHold): Hold => {
  const [id, reference, fingerprint, expiresAt, createdAt, lines] = packed
  return { id, organization, reference, fingerprint, expiresAt, createdAt, lines: lines.map(toLine) }
}

const toLine = (packed: PackedLine): HoldLine => {
  const [line, item, variation, batch, location, held, reserved, committed, fulfilled, released, expired] = packed
  return { line, item, variation, batch, location, held, reserved, committed, fulfilled, released, expired }
}
