import { Result } from "effect"
import { documentName } from "../../documents/Document.ts"
import {
  isOpenTransfer,
  type Transfer,
  type TransferLine,
  type TransferStatus,
  transferUnits
} from "../../documents/Transfer.ts"
import type { StockState as State } from "../../stock/Account.ts"
import type { TransferTarget } from "../../stock/commands/transfers.ts"
import type { TransferSummary } from "../../stock/events/transfers.ts"
import type { MovementContext } from "../../stock/Movement.ts"
import { InactiveItem, InactiveLocation, type Rejection, UnknownOrganization } from "../../stock/Rejection.ts"
import { TransferClosed, UnknownTransfer } from "../../stock/rejections/transfers.ts"
import type { StockKey } from "../../stock/StockKey.ts"
import { assign } from "../assign.ts"
import { type Booking, book } from "../book.ts"
import { contextOf, type Decision } from "../Decision.ts"
import type { StockState } from "../State.ts"

/** A line on its way; a draft that becomes part of the transfer's next version. */
export type LineDraft = { -readonly [K in keyof TransferLine]: TransferLine[K] }

/** The transfer an id or a reference names in the organization, if something of it is still on its way. */
export const findOpenTransfer = (
  state: StockState,
  organization: Transfer["organization"],
  target: TransferTarget
): Result.Result<Transfer, Rejection> => {
  if (!state.organizations.has(organization)) return Result.fail(new UnknownOrganization({ organization }))
  const id =
    "id" in target ? target.id : state.documentReferences.get(documentName(organization, "transfer", target.reference))
  const found = id === undefined ? undefined : state.documents.get(id)
  if (found?.kind !== "transfer" || found.organization !== organization) {
    return Result.fail(
      new UnknownTransfer({
        transfer: "id" in target ? target.id : null,
        reference: "reference" in target ? target.reference : null
      })
    )
  }
  const { id: transfer, reference, status } = found
  return isOpenTransfer(found)
    ? Result.succeed(found)
    : Result.fail(new TransferClosed({ transfer, reference, status }))
}

/** Stock moves towards a destination only while its items are active and the destination is open. */
export const checkForward = (state: StockState, transfer: Transfer): Rejection | null => {
  for (const { item } of transfer.lines) {
    if (state.items.get(item)?.active !== true) return new InactiveItem({ item })
  }
  return state.locations.get(transfer.to)?.active === true ? null : new InactiveLocation({ location: transfer.to })
}

/** What a command wants of a transfer's lines. */
export interface Wanted {
  readonly item: TransferLine["item"]
  readonly variation?: TransferLine["variation"] | undefined
  readonly batch?: TransferLine["batch"] | undefined
  /** The leaf's, of stock that is still at the source. */
  readonly location?: TransferLine["location"] | undefined
  readonly quantity: number
}

/** So many units of a line. */
export interface Share {
  readonly line: LineDraft
  readonly quantity: number
}

/** Shares out what stands at one part of the lines; `found` may be less than is wanted. In the order of what is wanted. */
export const shareOut = (
  lines: ReadonlyArray<LineDraft>,
  part: "committed" | "inTransit",
  wanted: ReadonlyArray<Wanted>
): ReadonlyArray<{ readonly found: number; readonly shares: ReadonlyArray<Share> }> => {
  const given = assign(
    wanted.map(({ quantity }) => quantity),
    lines.map((line) => line[part]),
    (demand, cell) => {
      const want = wanted[demand]
      const line = lines[cell]
      return want !== undefined && line !== undefined && isOf(line, want)
    }
  )
  return wanted.map((_, demand) => {
    const shares = lines.flatMap((line, cell): Array<Share> => {
      const quantity = given[demand]?.[cell] ?? 0
      return quantity > 0 ? [{ line, quantity }] : []
    })
    return { found: shares.reduce((sum, { quantity }) => sum + quantity, 0), shares }
  })
}

const isOf = (line: LineDraft, { item, variation, batch, location }: Wanted): boolean =>
  line.item === item &&
  (location === undefined || line.location === location) &&
  (variation === undefined || line.variation === variation) &&
  (batch === undefined || line.batch === batch)

/** All that stands at one part of the lines. */
export const allOf = (lines: ReadonlyArray<LineDraft>, part: "committed" | "inTransit"): ReadonlyArray<Share> =>
  lines.filter((line) => line[part] > 0).map((line) => ({ line, quantity: line[part] }))

/** Where a line's units are while they are on their way. */
export const atTransit = (transfer: Transfer, line: StockKey): StockKey => ({
  item: line.item,
  variation: line.variation,
  batch: line.batch,
  location: transfer.transit
})

/** Where a line's units arrive. */
export const atDestination = (transfer: Transfer, line: StockKey): StockKey => ({
  ...atTransit(transfer, line),
  location: transfer.to
})

/** What a transfer's movements say: the command's own words, and by default the transfer's reference. */
export const contextFor = (transfer: Transfer, command: Parameters<typeof contextOf>[0]): MovementContext =>
  contextOf({ ...command, reference: command.reference ?? transfer.reference })

/** Books units of a transfer from one place to another. */
export const carry = (
  booking: Booking,
  transfer: Transfer,
  from: StockKey,
  to: { readonly key: StockKey; readonly state: State | "loss" },
  quantity: number
): void => book(booking, from, "committed", to.state, quantity, null, { document: transfer.id }, to.key)

/** How far a transfer is that is not cancelled. */
export const progressOf = (lines: ReadonlyArray<TransferLine>, found: Transfer["found"]): TransferStatus => {
  const units = transferUnits({ lines, found })
  if (units.pending + units.inTransit === 0) return "completed"
  return units.inTransit + units.received + units.lost + units.found > 0 ? "inTransit" : "pending"
}

/** Writes a transfer's next version into the decision, with its event. */
export const putTransfer = (decision: Decision, before: Transfer | null, after: Transfer): void => {
  decision.documents.push(after)
  decision.events.push({
    id: decision.nextId++,
    event: {
      _tag: "TransferChanged",
      transfer: after.id,
      reference: after.reference,
      from: after.from,
      to: after.to,
      before: before === null ? null : summaryOf(before),
      after: summaryOf(after)
    }
  })
}

const summaryOf = (transfer: Transfer): TransferSummary => ({ status: transfer.status, ...transferUnits(transfer) })
