import { Result } from "effect"
import { DocumentId, documentName } from "../../documents/Document.ts"
import type { Transfer, TransferLine } from "../../documents/Transfer.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { ReferenceConflict, type Rejection } from "../../stock/Rejection.ts"
import { SameLocation, TransitLocation } from "../../stock/rejections/transfers.ts"
import { isWithin, type Selector } from "../../stock/StockKey.ts"
import { book, insufficient, startBooking } from "../book.ts"
import { type Decision, emptyDecision } from "../Decision.ts"
import { fingerprint } from "../fingerprint.ts"
import { checkPlaces } from "../guard.ts"
import type { StockState, WorkingLeaf } from "../State.ts"
import { pickLines } from "../serials.ts"
import { putTransfer } from "./progress.ts"

/**
 * RequestTransfer: each line is picked at the source and committed there, kept by the transfer itself, all lines or
 * none. The same reference and request again is the transfer as it now is; another request is a conflict.
 */
export const decideRequestTransfer = (
  state: StockState,
  command: CommandOf<"RequestTransfer">,
  now: number
): Result.Result<Decision, Rejection> => {
  const { organization, from, to } = command
  const reference = command.reference ?? null
  const print = reference === null ? "" : fingerprint(command)
  const known = reference === null ? undefined : named(state, organization, reference)
  if (reference !== null && known !== undefined) {
    return known.fingerprint === print
      ? Result.succeed({ ...emptyDecision(state), existing: [known] })
      : Result.fail(new ReferenceConflict({ reference, hold: null, document: known.id }))
  }
  const wanted = command.lines.map((line) => ({ ...line, location: from }))
  const defaultLocation = checkPlaces(state, organization, [
    ...wanted,
    ...wanted.map((line) => ({ ...line, location: to }))
  ])
  if (Result.isFailure(defaultLocation)) return Result.fail(defaultLocation.failure)
  if (from === to) return Result.fail(new SameLocation({ location: from }))
  const transit = state.organizations.get(organization)?.transit ?? from
  if (from === transit || to === transit) return Result.fail(new TransitLocation({ location: transit }))

  const booking = startBooking(state, command, now)
  const { decision } = booking
  const id = DocumentId.make(decision.nextId++, { disableChecks: true })
  const lines: Array<TransferLine> = []
  const plans = pickLines(elsewhere(state, wanted, from, to), wanted, defaultLocation.success, "anywhere")
  for (const [index, line] of wanted.entries()) {
    const { found, picks } = plans[index] ?? { found: 0, picks: [] }
    if (found < line.quantity) return Result.fail(insufficient(line, found, line.quantity, index))
    for (const { leaf, quantity } of picks) {
      const nothing = { inTransit: 0, received: 0, lost: 0, cancelled: 0 }
      lines.push({ ...leaf.key, line: lines.length, quantity, committed: quantity, ...nothing })
      book(booking, leaf.key, "available", "committed", quantity, null, { document: id })
    }
  }
  putTransfer(decision, null, {
    kind: "transfer",
    id,
    organization,
    reference,
    fingerprint: print,
    status: "pending",
    items: Array.from(new Set(lines.map(({ item }) => item))),
    attached: false,
    dueAt: command.dueAt ?? null,
    createdAt: now,
    updatedAt: now,
    actor: command.actor ?? null,
    note: command.note ?? null,
    from,
    to,
    transit,
    label: command.label ?? null,
    lines,
    found: [],
    completedAt: null
  })
  return Result.succeed(decision)
}

/** The state without what is at the destination already, where that lies within the source. */
const elsewhere = (
  state: StockState,
  lines: ReadonlyArray<Selector>,
  from: Transfer["from"],
  to: Transfer["to"]
): StockState => {
  if (!isWithin(to, from, state.locations)) return state
  const isThere = ({ key }: WorkingLeaf) => isWithin(key.location, to, state.locations)
  const items = new Map(state.items)
  for (const { item: id } of lines) {
    const item = items.get(id)
    if (item === undefined || !Array.from(item.leaves.values()).some(isThere)) continue
    items.set(id, { ...item, leaves: new Map(Array.from(item.leaves).filter(([, leaf]) => !isThere(leaf))) })
  }
  return { ...state, items }
}

const named = (state: StockState, organization: Transfer["organization"], reference: string): Transfer | undefined => {
  const id = state.documentReferences.get(documentName(organization, "transfer", reference))
  const document = id === undefined ? undefined : state.documents.get(id)
  return document?.kind === "transfer" ? document : undefined
}
