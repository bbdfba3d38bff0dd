import { Effect, Exit, type Scope } from "effect"
import type { BatchQueue, BatchQueueOptions } from "./BatchQueue.ts"
import { EngineClosed, Overloaded } from "./EngineError.ts"

/** How much a set of lanes takes in and hands over at a time; `capacity` is that of all lanes together. */
export interface LanesOptions extends BatchQueueOptions {
  /** The most lanes whose batches are handled at the same time. */
  readonly inFlight: number
}

interface Entry<In, Out, E> {
  readonly input: In
  readonly resume: (answer: Exit.Exit<Out, E>) => void
}

interface Lane<In, Out, E> {
  readonly key: unknown
  readonly waiting: Set<Entry<In, Out, E>>
  /** Whether a batch of it is being handled, or it waits for its turn. */
  busy: boolean
}

/**
 * A batch queue for inputs that must not share a batch: each goes to the lane of its key.
 *
 * Law: what holds of a batch queue holds of every lane. A batch has the inputs of one lane only; of one lane one batch
 * is handled at a time, of all lanes at most `inFlight`. Lanes that wait take turns, one batch each, and gather what
 * arrives meanwhile. A lane without inputs is forgotten.
 */
export const makeLanes = Effect.fnUntraced(function* <In, Out, E>(
  options: LanesOptions,
  laneOf: (input: In) => unknown,
  handle: (batch: ReadonlyArray<In>) => Effect.Effect<ReadonlyArray<Exit.Exit<Out, E>>>
): Effect.fn.Return<BatchQueue<In, Out, E> & { readonly lanes: () => number }, never, Scope.Scope> {
  const lanes = new Map<unknown, Lane<In, Out, E>>()
  const turns: Array<Lane<In, Out, E>> = []
  const idle: Array<() => void> = []
  let waiting = 0
  let inFlight = 0
  let closed = false
  const runFork = Effect.runForkWith(yield* Effect.context<never>())

  const leave = (lane: Lane<In, Out, E>, entry: Entry<In, Out, E>) => {
    if (lane.waiting.delete(entry)) waiting -= 1
  }

  const take = (lane: Lane<In, Out, E>) => {
    const batch = Array.from(lane.waiting).slice(0, options.batchSize)
    for (const entry of batch) leave(lane, entry)
    return batch
  }

  const turn = Effect.fnUntraced(function* (lane: Lane<In, Out, E>) {
    // Inputs that arrive together go together.
    yield* Effect.yieldNow
    const batch = take(lane)
    if (batch.length === 0) return
    const answers = yield* Effect.exit(handle(batch.map((entry) => entry.input)))
    for (const [index, entry] of batch.entries()) {
      const answer = Exit.isSuccess(answers) ? answers.value[index] : undefined
      entry.resume(answer ?? Exit.die(Exit.isFailure(answers) ? answers.cause : "The batch gave no answer"))
    }
  })

  const queue = (lane: Lane<In, Out, E>) => {
    lane.busy = true
    turns.push(lane)
  }

  const rest = (lane: Lane<In, Out, E>) => {
    inFlight -= 1
    lane.busy = false
    if (lane.waiting.size > 0) queue(lane)
    else lanes.delete(lane.key)
    start()
    if (lanes.size === 0) for (const wake of idle.splice(0)) wake()
  }

  const start = () => {
    while (inFlight < options.inFlight) {
      const lane = turns.shift()
      if (lane === undefined) return
      inFlight += 1
      runFork(turn(lane)).addObserver(() => rest(lane))
    }
  }

  const laneFor = (key: unknown): Lane<In, Out, E> => {
    const known = lanes.get(key)
    if (known !== undefined) return known
    const lane: Lane<In, Out, E> = { key, waiting: new Set(), busy: false }
    lanes.set(key, lane)
    return lane
  }

  yield* Effect.addFinalizer(() => {
    closed = true
    return Effect.callback<void>((resume) => {
      if (lanes.size === 0) resume(Effect.void)
      else idle.push(() => resume(Effect.void))
    })
  })

  return {
    waiting: () => waiting,
    lanes: () => lanes.size,
    submit: (input) =>
      Effect.callback<Out, E | Overloaded | EngineClosed>((resume) => {
        if (closed) return resume(new EngineClosed())
        if (waiting >= options.capacity) return resume(new Overloaded({ capacity: options.capacity }))
        const lane = laneFor(laneOf(input))
        const entry: Entry<In, Out, E> = { input, resume }
        lane.waiting.add(entry)
        waiting += 1
        if (!lane.busy) {
          queue(lane)
          start()
        }
        return Effect.sync(() => leave(lane, entry))
      })
  }
})
