import type { RecordedEvent } from "../../src/stock/StockEvent.ts"
import { Broken } from "../../src/testing/Oracle.ts"

/** Which alerts are raised, by the events in the order they were committed. */
export class Alerts {
  readonly #raised = new Set<string>()

  /** One alert for each crossing, until it clears; and each of them true. */
  judge(events: ReadonlyArray<RecordedEvent>): void {
    for (const { event } of events) {
      if (event._tag !== "LowStockRaised" && event._tag !== "LowStockCleared") continue
      const scope = `${event.item}/${event.variation}/${event.location}`
      const raised = event._tag === "LowStockRaised"
      if (this.#raised.has(scope) === raised) throw new Broken(`${event._tag} of ${scope} came again`)
      if (raised) this.#raised.add(scope)
      else this.#raised.delete(scope)
      if (event.threshold !== null && event.available <= event.threshold !== raised) {
        throw new Broken(`${event._tag} of ${scope} with ${event.available} at a threshold of ${event.threshold}`)
      }
    }
  }
}
