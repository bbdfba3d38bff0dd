import { Cause, type Context, Exit, Metric, Option } from "effect"
import type { Outcome } from "../stock/Outcome.ts"
import type { RecordedEvent } from "../stock/StockEvent.ts"
import type { CommandError } from "./EngineError.ts"

/** How large batches are: commands in a transaction. */
const batchSize = Metric.histogram("stockbook_batch_size", {
  description: "Commands in a transaction",
  boundaries: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
})

/** How long a batch takes from being taken up until it is durable and answered. */
const commitSeconds = Metric.histogram("stockbook_commit_seconds", {
  description: "Seconds from taking a batch up until it is durable",
  boundaries: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
})

const waiting = Metric.gauge("stockbook_commands_waiting", { description: "Commands waiting for a batch" })

const accepted = Metric.counter("stockbook_commands_accepted", {
  description: "Commands that were carried out",
  incremental: true
})

const alerts = Metric.counter("stockbook_low_stock_alerts", {
  description: "Low-stock alerts raised",
  incremental: true
})

const rejectionsFor = (reason: string) =>
  Metric.counter("stockbook_rejections", {
    description: "Commands that were refused, by what they were refused with",
    attributes: { reason },
    incremental: true
  })

/**
 * What the engine tells effect's metrics: some numbers for each batch, whatever it carries. They are of the whole
 * process, like all of effect's, and any exporter that reads its registry finds them.
 */
export class EngineMetrics {
  readonly #context: Context.Context<never>
  readonly #rejections = new Map<string, Metric.Counter<number>>()

  constructor(context: Context.Context<never>) {
    this.#context = context
  }

  /** A batch was answered after so many seconds, with so many commands left waiting. */
  answered(answers: ReadonlyArray<Exit.Exit<Outcome, CommandError>>, seconds: number, left: number): void {
    let refused = 0
    for (const answer of answers) {
      if (Exit.isSuccess(answer)) continue
      refused += 1
      this.#refused(Option.match(Cause.findErrorOption(answer.cause), { onNone: () => "Defect", onSome: tagOf }))
    }
    batchSize.updateUnsafe(answers.length, this.#context)
    commitSeconds.updateUnsafe(seconds, this.#context)
    waiting.updateUnsafe(left, this.#context)
    if (refused < answers.length) accepted.updateUnsafe(answers.length - refused, this.#context)
  }

  /** These events were stored. */
  stored(events: ReadonlyArray<RecordedEvent>): void {
    let raised = 0
    for (const { event } of events) if (event._tag === "LowStockRaised") raised += 1
    if (raised > 0) alerts.updateUnsafe(raised, this.#context)
  }

  #refused(reason: string): void {
    let counter = this.#rejections.get(reason)
    if (counter === undefined) {
      counter = rejectionsFor(reason)
      this.#rejections.set(reason, counter)
    }
    counter.updateUnsafe(1, this.#context)
  }
}

const tagOf = (error: CommandError): string => error._tag
