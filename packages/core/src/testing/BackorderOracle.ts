import type { Backorder } from "../documents/Backorder.ts"
import type { Hold } from "../stock/Hold.ts"
import type { Outcome } from "../stock/Outcome.ts"

/** A promise about backorders that the library broke. */
class BrokenBackorder extends Error {}

/** The oracle's knowledge of backorders, judged by the documents and holds it is shown. */
export class BackorderOracle {
  readonly #backorders = new Map<number, Backorder>()

  /** Those with units that wait. */
  waiting(): ReadonlyArray<Backorder> {
    return Array.from(this.#backorders.values()).filter(({ waiting }) => waiting > 0)
  }

  /** Units of an item that an outcome newly let wait. */
  placed({ documents }: Outcome, item: number): number {
    return documents.reduce(
      (sum, document) =>
        document.kind === "backorder" && document.item === item && !this.#backorders.has(document.id)
          ? sum + document.wanted
          : sum,
      0
    )
  }

  /** Takes a fill that came ahead of a batch into the books, of the backorder that now says which hold it made. */
  fill(now: Backorder, hold: Hold): void {
    const before = this.#backorders.get(now.id)
    if (before === undefined) throw new BrokenBackorder(`Backorder ${now.id} was filled before it was made`)
    const units = hold.lines.reduce((sum, line) => sum + line.held, 0)
    const waiting = before.waiting - units
    const after = { ...before, waiting, filled: before.filled + units, holds: [...before.holds, hold.id] }
    const status = waiting > 0 ? ("waiting" as const) : ("filled" as const)
    this.judge({ documents: [{ ...after, status, attached: waiting > 0 }], holds: [hold] })
  }

  /** Judges what became of backorders: nothing is lost of them, and what is filled is held. */
  judge({ documents, holds }: Pick<Outcome, "documents" | "holds">): void {
    for (const document of documents) {
      if (document.kind !== "backorder") continue
      const { id, wanted, waiting, filled, cancelled, status, attached } = document
      if (wanted !== waiting + filled + cancelled) throw new BrokenBackorder(`The parts of backorder ${id}`)
      if (attached !== waiting > 0 || (status === "waiting") !== waiting > 0) {
        throw new BrokenBackorder(`Backorder ${id} is ${status} with ${waiting} that wait`)
      }
      const before = this.#backorders.get(id)
      this.#backorders.set(id, document)
      if (before === undefined) continue
      if (wanted !== before.wanted || filled < before.filled || cancelled < before.cancelled) {
        throw new BrokenBackorder(`Backorder ${id} took something back`)
      }
      const made = document.holds.slice(before.holds.length)
      const held = holds.filter((hold) => made.includes(hold.id)).flatMap(({ lines }) => lines)
      const units = held.reduce((sum, line) => sum + line.held, 0)
      if (units !== filled - before.filled) throw new BrokenBackorder(`Backorder ${id} was filled without a hold`)
    }
  }
}
