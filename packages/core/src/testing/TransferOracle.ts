import { Equal } from "effect"
import type { Transfer } from "../documents/Transfer.ts"
import type { SingleCommand } from "../stock/Command.ts"
import type { Movement } from "../stock/Movement.ts"
import type { Outcome } from "../stock/Outcome.ts"
import type { Rejection } from "../stock/Rejection.ts"

interface Wanted {
  readonly item: number
  readonly quantity: number
}

/** A promise about transfers that the library broke. */
class BrokenTransfer extends Error {}

/** The oracle's knowledge of transfers: what each holds, judged by the documents and movements it is shown. */
export class TransferOracle {
  readonly #transfers = new Map<number, Transfer>()
  readonly #isWithin: (location: number, outer: number) => boolean

  constructor(isWithin: (location: number, outer: number) => boolean) {
    this.#isWithin = isWithin
  }

  /** Units that open transfers hold, each at its place. */
  held(): ReadonlyArray<Omit<Transfer["lines"][number], "line"> & { readonly committed: number }> {
    return Array.from(this.#transfers.values()).flatMap(({ lines, transit }) =>
      lines.flatMap((line) => [line, { ...line, location: transit, committed: line.inTransit }])
    )
  }

  /** Judges what a command did to transfers. */
  judge(command: SingleCommand, { movements, documents }: Outcome): void {
    // What arrives may fill backorders, which are documents too.
    const transfers = documents.filter((document) => document.kind === "transfer")
    const moved = (from: string, to: ReadonlyArray<string>, item: number) =>
      sum(movements.filter((each) => each.item === item && kindOf(each.from) === from && to.includes(kindOf(each.to))))
    const inStock = ["available", "quarantined"]
    switch (command._tag) {
      case "RequestTransfer":
        for (const { item } of command.lines) {
          same(moved("available", ["committed"], item), asked(command.lines, item), `requested of ${item}`)
        }
        for (const { from } of movements) {
          if (typeof from === "string" || !this.#isWithin(from.location, command.from))
            throw new BrokenTransfer("Not of the source")
        }
        break
      case "DispatchTransfer":
        for (const { item } of command.lines ?? []) {
          same(moved("committed", ["committed"], item), asked(command.lines, item), `dispatched of ${item}`)
        }
        break
      case "ReceiveTransfer":
        for (const item of new Set(movements.map((each) => each.item))) {
          same(moved("committed", ["loss"], item), asked(command.lost, item), `lost of ${item}`)
          same(moved("adjustment", inStock, item), asked(command.found, item), `found of ${item}`)
          if (command.lines === undefined) continue
          same(moved("committed", inStock, item), asked(command.lines, item), `received of ${item}`)
        }
        break
      case "CompleteTransfer":
      case "CancelTransfer":
        for (const transfer of transfers) {
          const before = this.#transfers.get(transfer.id)
          for (const item of transfer.items) {
            const open = before?.lines.filter((line) => line.item === item) ?? []
            const units = open.reduce((all, line) => all + line.committed + line.inTransit, 0)
            same(moved("committed", inStock, item), units, `${command._tag} of ${item}`)
          }
        }
        break
      default:
        return
    }
    for (const { details } of movements) {
      if (details?.document !== transfers[0]?.id) throw new BrokenTransfer("A movement without its document")
    }
  }

  /** Judges the next version of a transfer, and keeps it; the last one may be answered again. */
  keep(transfer: Transfer): void {
    const before = this.#transfers.get(transfer.id)
    if (Equal.equals(before, transfer)) return
    if (before !== undefined && (before.status === "completed" || before.status === "cancelled")) {
      throw new BrokenTransfer(`Transfer ${transfer.id} was ${before.status} and moved on`)
    }
    let open = 0
    for (const line of transfer.lines) {
      const parts = line.committed + line.inTransit + line.received + line.lost + line.cancelled
      same(parts, line.quantity, `the parts of line ${line.line} of transfer ${transfer.id}`)
      open += line.committed + line.inTransit
      const old = before?.lines.find((each) => each.line === line.line)
      for (const part of ["quantity", "received", "lost", "cancelled"] as const) {
        if (old !== undefined && line[part] < old[part]) throw new BrokenTransfer(`Fewer ${part} than before`)
      }
    }
    const isOpen = transfer.status === "pending" || transfer.status === "inTransit"
    if (isOpen !== open > 0) throw new BrokenTransfer(`Transfer ${transfer.id} is ${transfer.status} with ${open} open`)
    this.#transfers.set(transfer.id, transfer)
  }

  /** A refusal for want of units names fewer than were asked for. */
  judgeRejection(rejection: Rejection): void {
    const there =
      rejection._tag === "InsufficientInTransit"
        ? rejection.inTransit
        : rejection._tag === "InsufficientToDispatch"
          ? rejection.pending
          : null
    if (there !== null && "requested" in rejection && there >= (rejection.requested ?? 0)) {
      throw new BrokenTransfer(`Refused ${rejection.requested} of ${there}`)
    }
  }
}

const kindOf = (account: Movement["from"]): string => (typeof account === "string" ? account : account.state)

const sum = (lines: ReadonlyArray<{ readonly quantity: number }>) => lines.reduce((all, line) => all + line.quantity, 0)

const asked = (lines: ReadonlyArray<Wanted> | undefined, item: number) =>
  sum((lines ?? []).filter((line) => line.item === item))

const same = (actual: number, expected: number, what: string): void => {
  if (actual !== expected) throw new BrokenTransfer(`Expected ${expected} for ${what}, found ${actual}`)
}
