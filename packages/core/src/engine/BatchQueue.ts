import { Effect, Exit, type Scope } from "effect"
import { EngineClosed, Overloaded } from "./EngineError.ts"

/** How much a queue takes in and hands over at a time. */
export interface BatchQueueOptions {
  /** The most entries one batch has. */
  readonly batchSize: number
  /** The most entries waiting; one more is refused. */
  readonly capacity: number
}

interface Entry<In, Out, E> {
  readonly input: In
  readonly resume: (answer: Exit.Exit<Out, E>) => void
}

/** Hands inputs over in batches. */
export interface BatchQueue<In, Out, E> {
  /**
   * Law: an accepted input is handed over exactly once, in the order of acceptance, unless its caller goes away while
   * it still waits; then it never is. A caller who goes away later changes nothing.
   */
  readonly submit: (input: In) => Effect.Effect<Out, E | Overloaded | EngineClosed>
  /** Inputs waiting for a batch. */
  readonly waiting: () => number
}

/**
 * Group commit without a timer: while one batch is being handled, arriving inputs gather, and the next batch takes
 * them all, to a limit. The first batch after a rest starts once the turn of the event loop is over, so that inputs
 * that arrive together go together. Closing the scope refuses new inputs and waits for those accepted.
 */
export const makeBatchQueue = Effect.fnUntraced(function* <In, Out, E>(
  options: BatchQueueOptions,
  handle: (batch: ReadonlyArray<In>) => Effect.Effect<ReadonlyArray<Exit.Exit<Out, E>>>
): Effect.fn.Return<BatchQueue<In, Out, E>, never, Scope.Scope> {
  const waiting = new Set<Entry<In, Out, E>>()
  const idle: Array<() => void> = []
  let running = false
  let closed = false
  const runFork = Effect.runForkWith(yield* Effect.context<never>())

  const take = () => {
    const batch: Array<Entry<In, Out, E>> = []
    for (const entry of waiting) {
      if (batch.length === options.batchSize) break
      batch.push(entry)
      waiting.delete(entry)
    }
    return batch
  }

  const drain = Effect.gen(function* () {
    while (waiting.size > 0) {
      yield* Effect.yieldNow
      const batch = take()
      if (batch.length === 0) continue
      const answers = yield* Effect.exit(handle(batch.map((entry) => entry.input)))
      for (const [index, entry] of batch.entries()) {
        const answer = Exit.isSuccess(answers) ? answers.value[index] : undefined
        entry.resume(answer ?? Exit.die(Exit.isFailure(answers) ? answers.cause : "The batch gave no answer"))
      }
    }
  })

  const rest = () => {
    running = false
    if (waiting.size > 0) start()
    else for (const wake of idle.splice(0)) wake()
  }

  const start = () => {
    if (running) return
    running = true
    runFork(drain).addObserver(rest)
  }

  yield* Effect.addFinalizer(() => {
    closed = true
    return Effect.callback<void>((resume) => {
      if (!running && waiting.size === 0) resume(Effect.void)
      else idle.push(() => resume(Effect.void))
    })
  })

  return {
    waiting: () => waiting.size,
    submit: (input) =>
      Effect.callback<Out, E | Overloaded | EngineClosed>((resume) => {
        if (closed) return resume(new EngineClosed())
        if (waiting.size >= options.capacity) return resume(new Overloaded({ capacity: options.capacity }))
        const entry: Entry<In, Out, E> = { input, resume }
        waiting.add(entry)
        start()
        return Effect.sync(() => {
          waiting.delete(entry)
        })
      })
  }
})
