import { Effect, Exit, type Scope } from "effect"
import { EngineClosed, Overloaded } from "./EngineError.ts"

/** How much a queue takes in and hands over at a time. */
export interface BatchQueueOptions {
  /** The most entries one batch has. */
  readonly batchSize: number
  /** The most entries waiting; one more is refused. */
  readonly capacity: number
  /** The most batches handled at once; 1 when left out. */
  readonly inFlight?: number
}

/**
 * Answers each input of a batch at its place. It may call `next` as soon as the following batch may be handed over
 * beside this one; if it does not, that waits for the answers.
 */
export type BatchHandler<In, Out, E> = (
  batch: ReadonlyArray<In>,
  next: () => void
) => Effect.Effect<ReadonlyArray<Exit.Exit<Out, E>>>

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
 * Group commit without a timer: while a batch is being handled, arriving inputs gather, and the next batch takes them
 * all, to a limit. A batch starts once the turn of the event loop is over, so that inputs that arrive together go
 * together. Where batches are handled beside each other, each takes its share of all that is waiting or in hand: one
 * that took all would leave nothing to go beside it. Closing the scope refuses new inputs and waits for those accepted.
 */
export const makeBatchQueue = Effect.fnUntraced(function* <In, Out, E>(
  options: BatchQueueOptions,
  handle: BatchHandler<In, Out, E>
): Effect.fn.Return<BatchQueue<In, Out, E>, never, Scope.Scope> {
  const { inFlight = 1 } = options
  const waiting = new Set<Entry<In, Out, E>>()
  const idle: Array<() => void> = []
  /** Batches being handled, and the inputs in them. */
  let batches = 0
  let inHand = 0
  /** The batch handed over last has not let the next one go. */
  let held = false
  /** The batch answered last had let the next one go. */
  let abreast = false
  let starting = false
  let closed = false
  const runFork = Effect.runForkWith(yield* Effect.context<never>())

  const take = () => {
    const share = abreast ? Math.ceil((waiting.size + inHand) / inFlight) : waiting.size
    const most = Math.min(options.batchSize, share)
    const batch: Array<Entry<In, Out, E>> = []
    for (const entry of waiting) {
      if (batch.length === most) break
      batch.push(entry)
      waiting.delete(entry)
    }
    return batch
  }

  const start = () => {
    starting = false
    const batch = take()
    if (batch.length === 0) return rest()
    batches += 1
    inHand += batch.length
    held = true
    let gone = false
    const next = () => {
      if (gone) return
      gone = true
      held = false
      look()
    }
    const inputs = batch.map((entry) => entry.input)
    runFork(Effect.suspend(() => handle(inputs, next))).addObserver((answers) => {
      batches -= 1
      inHand -= batch.length
      abreast = gone
      for (const [index, entry] of batch.entries()) {
        const answer = Exit.isSuccess(answers) ? answers.value[index] : undefined
        entry.resume(answer ?? Exit.die(Exit.isFailure(answers) ? answers.cause : "The batch gave no answer"))
      }
      next()
      look()
      rest()
    })
  }

  /** Has a batch start when this turn is over, if one may. */
  const look = () => {
    if (starting || held || batches >= inFlight || waiting.size === 0) return
    starting = true
    runFork(Effect.andThen(Effect.yieldNow, Effect.sync(start)))
  }

  const rest = () => {
    if (batches + waiting.size === 0) for (const wake of idle.splice(0)) wake()
  }

  yield* Effect.addFinalizer(() => {
    closed = true
    return Effect.callback<void>((resume) => {
      idle.push(() => resume(Effect.void))
      rest()
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
        look()
        return Effect.sync(() => {
          waiting.delete(entry)
          rest()
        })
      })
  }
})
