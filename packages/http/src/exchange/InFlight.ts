import { Deferred, Effect, Option } from "effect"

/** Lets one at a time work under a name; those who come meanwhile get what it finds. */
export interface InFlight<A> {
  /**
   * Runs the work, or waits for whoever is at it: the result is the work's own, or `shared` of what the other found.
   * Where the other found nothing, it is tried anew; where it takes longer than `wait`, `late` is the result.
   */
  readonly run: <B, E, R>(
    name: string,
    options: {
      readonly work: Effect.Effect<readonly [result: B, found: A | null], E, R>
      readonly shared: (found: A) => Effect.Effect<B, E, R>
      readonly late: Effect.Effect<B, E, R>
    }
  ) => Effect.Effect<B, E, R>
}

/** How long a duplicate waits. */
const WAIT = "10 seconds"

export const makeInFlight = <A>(): InFlight<A> => {
  const working = new Map<string, Deferred.Deferred<A | null>>()
  const run: InFlight<A>["run"] = (name, options) =>
    Effect.suspend(() => {
      const other = working.get(name)
      if (other === undefined) return alone(name, options.work)
      return Effect.flatMap(Effect.timeoutOption(Deferred.await(other), WAIT), (answer) =>
        Option.isNone(answer) ? options.late : answer.value === null ? run(name, options) : options.shared(answer.value)
      )
    })

  const alone = <B, E, R>(name: string, work: Effect.Effect<readonly [B, A | null], E, R>) => {
    const mine = Deferred.makeUnsafe<A | null>()
    working.set(name, mine)
    const done = (found: A | null) => {
      working.delete(name)
      Deferred.doneUnsafe(mine, Effect.succeed(found))
    }
    return Effect.onExit(work, (exit) => Effect.sync(() => done(exit._tag === "Success" ? exit.value[1] : null))).pipe(
      Effect.map(([result]) => result)
    )
  }
  return { run }
}
