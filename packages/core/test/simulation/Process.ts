import { Clock, Context, Effect, type Exit, Layer, Random, References, Schedule, Scheduler } from "effect"
import { CommitSignal } from "../../src/engine/CommitSignal.ts"
import type { CommandError } from "../../src/engine/EngineError.ts"
import { type CommandInput, type ExecuteOptions, StockEngine } from "../../src/engine/StockEngine.ts"
import { sweeper } from "../../src/engine/Sweeper.ts"
import type { Change } from "../../src/ledger/LedgerDriver.ts"
import { Subscriptions } from "../../src/ledger/Subscriptions.ts"
import type { Outcome } from "../../src/stock/Outcome.ts"
import { Store } from "../../src/store/Store.ts"
import { Loop, randomOf, type Time, WallClock } from "./Loop.ts"
import type { Script } from "./Script.ts"
import type { SimulatedStore } from "./SimulatedStore.ts"

export type Answer = Exit.Exit<Outcome, CommandError>

/** Hears of all that is asked of an engine, and answers with whom to tell of the answer. */
export type Listener = (command: CommandInput, options: ExecuteOptions) => (answer: Answer) => void

/** Hears of what a subscriber is given. */
export type Subscriber = (changes: ReadonlyArray<Change>) => void

/** Every so many milliseconds what is due is swept. */
const sweepEvery = 60

/** An engine, a sweeper and a subscriber on the common store, as in a process of their own. */
export class Process {
  readonly loop = new Loop()
  readonly clock: WallClock
  readonly #context: Context.Context<never>
  readonly #listen: Listener
  #engine: StockEngine["Service"] | null = null

  constructor(
    number: number,
    script: Script,
    time: Time,
    store: SimulatedStore,
    listen: Listener,
    subscriber: Subscriber
  ) {
    this.#listen = listen
    this.clock = new WallClock(time, this.loop)
    const random = randomOf(script.seed * 1009 + number)
    this.#context = Context.make(Scheduler.Scheduler, this.loop).pipe(
      Context.add(Clock.Clock, this.clock),
      // A sweep that fails says so, and is to fail here.
      Context.add(References.MinimumLogLevel, "None"),
      Context.add(Random.Random, { nextDoubleUnsafe: random, nextIntUnsafe: () => Math.floor(random() * 2 ** 32) })
    )
    const { batchSize, capacity, rememberedItems } = script
    const served = Layer.succeed(Store, store.serve(number))
    const engine = StockEngine.layer({ batchSize, capacity, rememberedItems }).pipe(
      Layer.provide(CommitSignal.layer),
      Layer.provide(served)
    )
    const heard = Layer.effect(
      StockEngine,
      Effect.map(StockEngine, (inner) => {
        this.#engine = inner
        return StockEngine.of({ ...inner, execute: (command, options) => this.#heard(command, options) })
      })
    ).pipe(Layer.provide(engine))
    const subscriptions = Subscriptions.layer.pipe(Layer.provide(CommitSignal.layer), Layer.provide(served))
    const whole = Layer.merge(
      Layer.provide(sweeper(sweepEvery), Layer.merge(heard, served)),
      Layer.provide(following(subscriber), subscriptions)
    )
    Effect.runForkWith(this.#context)(Effect.scoped(Effect.andThen(Layer.build(Layer.fresh(whole)), Effect.never)))
    this.loop.settle()
  }

  /** Has a client ask the engine for something. */
  ask(command: CommandInput, options: ExecuteOptions): void {
    Effect.runForkWith(this.#context)(Effect.exit(this.#heard(command, options)))
  }

  #heard(command: CommandInput, options: ExecuteOptions = {}): Effect.Effect<Outcome, CommandError> {
    return Effect.suspend(() => {
      const engine = this.#engine
      if (engine === null) return Effect.die("The engine has not started")
      const tell = this.#listen(command, options)
      return Effect.onExit(engine.execute(command, options), (answer) => Effect.sync(() => tell(answer)))
    })
  }
}

/** One subscriber, of which each process has a worker; it begins again when the store fails it. */
const following = (subscriber: Subscriber) =>
  Layer.effectDiscard(
    Effect.flatMap(Subscriptions, ({ subscribe }) =>
      subscribe("follower", (changes) => Effect.sync(() => subscriber(changes))).pipe(
        Effect.retry(Schedule.spaced("20 millis")),
        Effect.forkScoped
      )
    )
  )
