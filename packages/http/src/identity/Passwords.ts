import { hash, verify } from "@node-rs/argon2"
import { Context, Effect, Layer, Semaphore } from "effect"

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The package's default algorithm is argon2id.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** How many passwords are hashed at once: each takes 19 MiB and a thread of Node's pool, which files and DNS share. */
const CONCURRENCY = 2

const LONGEST = 128

/** One try of a password. */
export interface PasswordTry<E> {
  readonly password: string
  /** The hash it should fit, or `null` for a user that does not exist: that takes as long, and is always wrong. */
  readonly hash: string | null
  /** Run when the try's turn has come; its failure ends the try unseen. */
  readonly admit: Effect.Effect<void, E>
  /** Run after a wrong password, before the next try's turn. */
  readonly onWrong: Effect.Effect<void>
}

/** Password hashing with argon2id, off the event loop and bounded. */
export class Passwords extends Context.Service<
  Passwords,
  {
    hash(password: string): Effect.Effect<string>
    verify<E>(attempt: PasswordTry<E>): Effect.Effect<boolean, E>
  }
>()("@stockbook/http/identity/Passwords") {
  static readonly layer: Layer.Layer<Passwords> = Layer.effect(
    Passwords,
    Effect.gen(function* () {
      const semaphore = yield* Semaphore.make(CONCURRENCY)
      const nobody = yield* Effect.promise(() => hash("nobody has this password", COST))
      const fits = (password: string, stored: string | null) =>
        Effect.promise(async () => {
          // A hash that cannot be read fits nothing.
          const same = await verify(stored ?? nobody, password.slice(0, LONGEST)).catch(() => false)
          return same && stored !== null && password.length <= LONGEST
        })
      return Passwords.of({
        hash: (password) => semaphore.withPermit(Effect.promise(() => hash(password, COST))),
        verify: ({ password, hash: stored, admit, onWrong }) =>
          admit.pipe(
            Effect.andThen(fits(password, stored)),
            Effect.tap((right) => (right ? Effect.void : onWrong)),
            semaphore.withPermit
          )
      })
    })
  )
}
