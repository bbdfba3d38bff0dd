import { Result } from "effect"
import type { Command, CommandOf, SingleCommand } from "../stock/Command.ts"
import type { Rejection } from "../stock/Rejection.ts"
import { BulkRejected } from "../stock/rejections/bulk.ts"
import { decideAdjust, decideSet } from "./adjust.ts"
import { addAlerts } from "./alert.ts"
import { decideCancelBackorder, decidePrioritizeBackorder } from "./backorder/change.ts"
import { complete } from "./complete.ts"
import { decideSetCosting } from "./costing.ts"
import { decideCancelCount, decidePostCount } from "./count/post.ts"
import { decideRecordCount } from "./count/record.ts"
import { decideStartCount } from "./count/start.ts"
import { type Decision, emptyDecision, setDetails } from "./Decision.ts"
import { checkEffective } from "./effective.ts"
import { evolve } from "./evolve.ts"
import { decideExpireBatches } from "./expireBatches.ts"
import { decideExtend } from "./extend.ts"
import { decideIssue, decideReceive } from "./flow.ts"
import { decideExpire, decideReleaseAnonymous } from "./giveBack.ts"
import { decideSetHome } from "./home.ts"
import { decideNotify } from "./notify.ts"
import { decideCancelOrder, decideCompleteOrder } from "./order/close.ts"
import { decidePlaceOrder } from "./order/place.ts"
import { decideOpen, decideSetPolicy, decideSnoozeAlert } from "./policy.ts"
import { decideDraw, decideWriteOffAll } from "./quarantine.ts"
import { decideReallocate } from "./reallocate.ts"
import { decideReserve } from "./reserve.ts"
import { decideReturn } from "./return.ts"
import { decideReverse } from "./reverse.ts"
import { type StockState, scratchOf } from "./State.ts"
import { decideSettle } from "./settle.ts"
import { decideCloseSupply } from "./supply/close.ts"
import { decideExpectSupply } from "./supply/expect.ts"
import { decideReceiveSupply } from "./supply/receive.ts"
import { decideTrackSerials } from "./trackSerials.ts"
import { decideCancelTransfer, decideCompleteTransfer } from "./transfer/close.ts"
import { decideDispatchTransfer } from "./transfer/dispatch.ts"
import { decideReceiveTransfer } from "./transfer/receive.ts"
import { decideRequestTransfer } from "./transfer/request.ts"

/**
 * The rule of the library: what a command becomes, given all it touches and the store's time (epoch milliseconds).
 * Reads the state and changes nothing; the same input gives the same answer. Errors come in a fixed order: who and
 * what is named (organization, items, variations, batches, locations, each known before active; holds), then the state of the hold, then quantities,
 * line by line.
 */
export const decide = (state: StockState, command: Command, now: number): Result.Result<Decision, Rejection> =>
  command._tag === "Linked"
    ? decideLinked(state, command, now)
    : command._tag === "Bulk"
      ? decideBulk(state, command, now)
      : decideSingle(state, command, now)

const decideSingle = (state: StockState, command: SingleCommand, now: number): Result.Result<Decision, Rejection> => {
  const result = decideWhole(state, command, now)
  if (Result.isSuccess(result)) addAlerts(state, result.success, now)
  return result
}

const decideWhole = (state: StockState, command: SingleCommand, now: number): Result.Result<Decision, Rejection> => {
  const result = byKind(state, command, now)
  if (Result.isFailure(result)) return result
  const refused = complete(state, result.success, command, now)
  return refused === null ? result : Result.fail(refused)
}

const byKind = (state: StockState, command: SingleCommand, now: number): Result.Result<Decision, Rejection> => {
  const early = checkEffective(command, now)
  if (early !== null) return Result.fail(early)
  switch (command._tag) {
    case "Reserve":
      return decideReserve(state, command, now)
    case "Release":
    case "Commit":
    case "Fulfil":
      return decideSettle(state, command, now)
    case "Receive":
      return decideReceive(state, command, now)
    case "Issue":
      return decideIssue(state, command, now)
    case "Adjust":
      return decideAdjust(state, command, now)
    case "Set":
      return decideSet(state, command, now)
    case "Extend":
      return decideExtend(state, command, now)
    case "ReleaseAnonymous":
      return decideReleaseAnonymous(state, command, now)
    case "Expire":
      return decideExpire(state, command, now)
    case "ExpireBatches":
      return decideExpireBatches(state, command, now)
    case "Reallocate":
      return decideReallocate(state, command, now)
    case "CancelBackorder":
      return decideCancelBackorder(state, command, now)
    case "PrioritizeBackorder":
      return decidePrioritizeBackorder(state, command, now)
    case "SetPolicy":
      return decideSetPolicy(state, command)
    case "SnoozeAlert":
      return decideSnoozeAlert(state, command)
    case "TrackSerials":
      return decideTrackSerials(state, command)
    case "SetCosting":
      return decideSetCosting(state, command, now)
    case "Open":
      return decideOpen(state, command)
    case "Quarantine":
    case "Restore":
    case "WriteOff":
      return decideDraw(state, command, now)
    case "WriteOffAll":
      return decideWriteOffAll(state, command, now)
    case "Return":
      return decideReturn(state, command, now)
    case "Reverse":
      return decideReverse(state, command, now)
    case "StartCount":
      return decideStartCount(state, command, now)
    case "RecordCount":
      return decideRecordCount(state, command, now)
    case "PostCount":
      return decidePostCount(state, command, now)
    case "CancelCount":
      return decideCancelCount(state, command, now)
    case "SetHome":
      return decideSetHome(state, command)
    case "Notify":
      return decideNotify(state, command)
    case "PlaceOrder":
      return decidePlaceOrder(state, command, now)
    case "CompleteOrder":
      return decideCompleteOrder(state, command, now)
    case "CancelOrder":
      return decideCancelOrder(state, command, now)
    case "RequestTransfer":
      return decideRequestTransfer(state, command, now)
    case "DispatchTransfer":
      return decideDispatchTransfer(state, command, now)
    case "ReceiveTransfer":
      return decideReceiveTransfer(state, command, now)
    case "CompleteTransfer":
      return decideCompleteTransfer(state, command, now)
    case "CancelTransfer":
      return decideCancelTransfer(state, command, now)
    case "ExpectSupply":
      return decideExpectSupply(state, command, now)
    case "ReceiveSupply":
      return decideReceiveSupply(state, command, now)
    case "CloseSupply":
    case "CancelSupply":
      return decideCloseSupply(state, command, now)
  }
}

/** All or nothing: each command is decided on a copy that has seen the ones before. */
const decideLinked = (
  state: StockState,
  linked: CommandOf<"Linked">,
  now: number
): Result.Result<Decision, Rejection> => {
  const list = new Together(state, now)
  for (const command of linked.commands) {
    const refused = list.add(command)
    if (refused !== null) return Result.fail(refused)
  }
  return Result.succeed(list.decision())
}

/**
 * All or nothing, with every row that is refused, and why. A row after a refused one sees what the commands of that one
 * before its refused one would have done.
 */
const decideBulk = (
  state: StockState,
  { rows }: CommandOf<"Bulk">,
  now: number
): Result.Result<Decision, Rejection> => {
  const list = new Together(state, now)
  const failures: Array<BulkRejected["failures"][number]> = []
  for (const [row, commands] of rows.entries()) {
    for (const command of commands) {
      const refused = list.add(command)
      if (refused === null) continue
      failures.push({ row, tag: refused._tag, reason: refused.message })
      break
    }
  }
  return failures.length > 0 ? Result.fail(new BulkRejected({ failures })) : Result.succeed(list.decision())
}

/** Commands decided together, each on a copy of the state that has seen the ones before. */
class Together {
  readonly #state: StockState
  readonly #now: number
  readonly #scratch: StockState
  readonly #all: Decision
  readonly #holds = new Map<number, Decision["holds"][number]>()
  readonly #documents = new Map<number, Decision["documents"][number]>()

  constructor(state: StockState, now: number) {
    this.#state = state
    this.#now = now
    this.#scratch = scratchOf(state)
    this.#all = emptyDecision(state)
  }

  /** Why the command is refused; else it is done. */
  add(command: SingleCommand): Rejection | null {
    const result = decideWhole(this.#scratch, command, this.#now)
    if (Result.isFailure(result)) return result.failure
    const step = result.success
    const all = this.#all
    evolve(this.#scratch, step, this.#now, null)
    all.movements.push(...step.movements)
    for (const document of step.documents) this.#documents.set(document.id, document)
    all.serials.push(...step.serials)
    for (const [item, details] of step.details ?? []) setDetails(all, item, details)
    all.policies.push(...step.policies)
    all.opened.push(...step.opened)
    all.events.push(...step.events)
    all.shortfalls.push(...step.shortfalls)
    for (const hold of step.holds) this.#holds.set(hold.id, hold)
    all.existing.push(...step.existing)
    all.nextId = step.nextId
    return null
  }

  /** All of them as one; asked once. */
  decision(): Decision {
    const all = this.#all
    all.holds.push(...this.#holds.values())
    all.documents.push(...this.#documents.values())
    // Once for the whole list: nobody sees the states between its commands.
    addAlerts(this.#state, all, this.#now)
    return all
  }
}
