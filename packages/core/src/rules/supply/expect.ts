import { Result } from "effect"
import { DocumentId, documentName } from "../../documents/Document.ts"
import type { Supply } from "../../documents/Supply.ts"
import type { CommandOf } from "../../stock/Command.ts"
import { ReferenceConflict, type Rejection } from "../../stock/Rejection.ts"
import { UnknownSupplier } from "../../stock/rejections/supplies.ts"
import { TransitLocation } from "../../stock/rejections/transfers.ts"
import { landing } from "../book.ts"
import { type Decision, emptyDecision } from "../Decision.ts"
import { fingerprint } from "../fingerprint.ts"
import { checkPlaces, findItem } from "../guard.ts"
import { homeOf } from "../home.ts"
import { type StockState, scopedName } from "../State.ts"
import { nextDue, putSupply } from "./progress.ts"

/**
 * ExpectSupply: the items expect so many units more. The same reference and request again is the supply as it now is;
 * another request is a conflict.
 */
export const decideExpectSupply = (
  state: StockState,
  command: CommandOf<"ExpectSupply">,
  now: number
): Result.Result<Decision, Rejection> => {
  const { organization, supplier = null } = command
  const reference = command.reference ?? null
  const print = reference === null ? "" : fingerprint(command)
  const known = reference === null ? undefined : named(state, organization, reference)
  if (reference !== null && known !== undefined) {
    return known.fingerprint === print
      ? Result.succeed({ ...emptyDecision(state), existing: [known] })
      : Result.fail(new ReferenceConflict({ reference, hold: null, document: known.id }))
  }
  const defaultLocation = checkPlaces(state, organization, command.lines)
  if (Result.isFailure(defaultLocation)) return Result.fail(defaultLocation.failure)
  if (supplier !== null && !state.suppliers.has(scopedName(organization, supplier))) {
    return Result.fail(new UnknownSupplier({ supplier }))
  }
  const transit = state.organizations.get(organization)?.transit
  const lines: Array<Supply["lines"][number]> = []
  for (const line of command.lines) {
    const item = findItem(state, organization, line.item)
    if (Result.isFailure(item)) return Result.fail(item.failure)
    const key = landing(item.success, line, homeOf(state, item.success, defaultLocation.success))
    if (key.location === transit) return Result.fail(new TransitLocation({ location: transit }))
    const { quantity, unitCost = null, expectedAt = null } = line
    lines.push({ ...key, line: lines.length, quantity, received: 0, unitCost, expectedAt })
  }
  const decision = emptyDecision(state)
  const supply: Supply = {
    kind: "supply",
    id: DocumentId.make(decision.nextId++, { disableChecks: true }),
    organization,
    reference,
    fingerprint: print,
    status: "open",
    items: Array.from(new Set(lines.map(({ item }) => item))),
    attached: false,
    dueAt: nextDue({ status: "open", lines }),
    createdAt: now,
    updatedAt: now,
    actor: command.actor ?? null,
    note: command.note ?? null,
    supplier,
    label: command.label ?? null,
    tolerance: command.tolerance ?? null,
    lines
  }
  const overflow = putSupply(state, decision, null, supply)
  return overflow === null ? Result.succeed(decision) : Result.fail(overflow)
}

const named = (state: StockState, organization: Supply["organization"], reference: string): Supply | undefined => {
  const id = state.documentReferences.get(documentName(organization, "supply", reference))
  const document = id === undefined ? undefined : state.documents.get(id)
  return document?.kind === "supply" ? document : undefined
}
