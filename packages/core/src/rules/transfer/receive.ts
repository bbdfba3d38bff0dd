import { Result } from "effect"
import type { FoundUnits, Transfer } from "../../documents/Transfer.ts"
import type { CommandOf } from "../../stock/Command.ts"
import type { Rejection } from "../../stock/Rejection.ts"
import { InsufficientInTransit } from "../../stock/rejections/transfers.ts"
import type { Selector } from "../../stock/StockKey.ts"
import { type Booking, bringIn, landing, startBooking } from "../book.ts"
import type { Decision } from "../Decision.ts"
import { costDetails } from "../details.ts"
import { checkPlaces, findItem } from "../guard.ts"
import type { StockState, WorkingItem } from "../State.ts"
import { atSerials } from "../serials.ts"
import {
  allOf,
  atDestination,
  atTransit,
  carry,
  checkForward,
  contextFor,
  findOpenTransfer,
  type LineDraft,
  progressOf,
  putTransfer,
  type Share,
  shareOut
} from "./progress.ts"

/**
 * ReceiveTransfer: what arrived becomes available at the destination, what is lost goes to loss, and what was found
 * beyond what was sent comes in by an adjustment. Without `lines`, all arrived that is in transit and not lost.
 */
export const decideReceiveTransfer = (
  state: StockState,
  command: CommandOf<"ReceiveTransfer">,
  now: number
): Result.Result<Decision, Rejection> => {
  const more = (command.found ?? []).map((line) => ({ ...line }))
  const places = checkPlaces(state, command.organization, more)
  if (Result.isFailure(places)) return Result.fail(places.failure)
  const open = findOpenTransfer(state, command.organization, command.transfer)
  if (Result.isFailure(open)) return Result.fail(open.failure)
  const transfer = open.success
  const refused = checkForward(state, transfer)
  if (refused !== null) return Result.fail(refused)
  const lines = transfer.lines.map((line) => ({ ...line }))
  const parts = split(state, transfer, lines, command)
  if (Result.isFailure(parts)) return Result.fail(parts.failure)

  const booking = startBooking(state, command, now, contextFor(transfer, command))
  const { received, lost } = parts.success
  for (const { line, quantity } of received) {
    const key = atDestination(transfer, line)
    carry(booking, transfer, atTransit(transfer, line), { key, state: "available" }, quantity)
    line.inTransit -= quantity
    line.received += quantity
  }
  for (const { line, quantity } of lost) {
    carry(booking, transfer, atTransit(transfer, line), { key: atTransit(transfer, line), state: "loss" }, quantity)
    line.inTransit -= quantity
    line.lost += quantity
  }
  const found = bringFound(booking, transfer, command)
  if (Result.isFailure(found)) return Result.fail(found.failure)
  const all = [...transfer.found, ...found.success]
  const status = progressOf(lines, all)
  putTransfer(booking.decision, transfer, {
    ...transfer,
    lines,
    found: all,
    items: Array.from(new Set([...transfer.items, ...found.success.map(({ item }) => item)])),
    status,
    completedAt: status === "completed" ? now : null,
    updatedAt: now
  })
  return Result.succeed(booking.decision)
}

/** What of the lines arrived, and what is lost. Of two lists that are short together, `lines` has the first choice. */
const split = (
  state: StockState,
  transfer: Transfer,
  lines: ReadonlyArray<LineDraft>,
  command: CommandOf<"ReceiveTransfer">
): Result.Result<{ readonly received: ReadonlyArray<Share>; readonly lost: ReadonlyArray<Share> }, Rejection> => {
  const arrived = atTransitSerials(state, command.lines ?? [])
  const wanted = [...arrived, ...atTransitSerials(state, command.lost ?? [])]
  const plans = shareOut(
    lines,
    "inTransit",
    wanted.map(({ line }) => line)
  )
  for (const [at, { line: want, index: line }] of wanted.entries()) {
    const { item, quantity: requested } = want
    const inTransit = plans[at]?.found ?? 0
    const list = at < arrived.length ? "lines" : "lost"
    if (inTransit < requested) {
      return Result.fail(new InsufficientInTransit({ transfer: transfer.id, item, list, line, inTransit, requested }))
    }
  }
  const received = plans.slice(0, arrived.length).flatMap(({ shares }) => shares)
  const lost = plans.slice(arrived.length).flatMap(({ shares }) => shares)
  return Result.succeed({ lost, received: command.lines === undefined ? allBut(lines, lost) : received })
}

/** Lines narrowed to the variations and batches of their serials, wherever they came from. */
const atTransitSerials = (state: StockState, lines: NonNullable<CommandOf<"ReceiveTransfer">["lines"]>) =>
  atSerials<(typeof lines)[number] & Selector>(state, lines).map(({ line: { location: _, ...line }, index }) => ({
    line,
    index
  }))

const allBut = (lines: ReadonlyArray<LineDraft>, lost: ReadonlyArray<Share>): ReadonlyArray<Share> =>
  allOf(lines, "inTransit").flatMap(({ line, quantity }) => {
    const gone = lost.reduce((sum, share) => (share.line === line ? sum + share.quantity : sum), 0)
    return quantity > gone ? [{ line, quantity: quantity - gone }] : []
  })

const bringFound = (
  booking: Booking,
  transfer: Transfer,
  command: CommandOf<"ReceiveTransfer">
): Result.Result<ReadonlyArray<FoundUnits>, Rejection> => {
  const found: Array<FoundUnits> = []
  const incoming = new Map<WorkingItem, number>()
  for (const line of command.found ?? []) {
    const item = findItem(booking.state, command.organization, line.item)
    if (Result.isFailure(item)) return Result.fail(item.failure)
    const key = landing(item.success, line, transfer.to)
    const details = { document: transfer.id, ...costDetails(line) }
    const overflow = bringIn(booking, item.success, key, "adjustment", line.quantity, incoming, details)
    if (overflow !== null) return Result.fail(overflow)
    found.push({ item: key.item, variation: key.variation, batch: key.batch, quantity: line.quantity })
  }
  return Result.succeed(found)
}
