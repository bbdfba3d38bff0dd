import { loginKey } from "@stockbook/core"
import { Context, Data, Effect, Layer } from "effect"
import { ipKeyGenerator, MemoryStore, rateLimit } from "express-rate-limit"

/** How many logins may fail before the next is refused unseen. Successes are never counted. */
export interface LoginLimit {
  /** For one account from one address; 10 by default. */
  readonly failures?: number | undefined
  /** From one address, whatever the account; 100 by default. */
  readonly addressFailures?: number | undefined
  /** Over how long, in milliseconds; 15 minutes by default. */
  readonly windowMillis?: number | undefined
}

/** Too many attempts failed. */
export class TooManyAttempts extends Data.TaggedError("TooManyAttempts")<{ readonly retryAfterSeconds: number }> {}

/** Whose failures are counted together. IPv6 addresses count by their /56, which is what one subscriber has. */
export interface Attempt {
  readonly account: string
  readonly address: string
}

/**
 * Failed logins, per account and address and per address.
 *
 * Counted apart from the Express middleware: a middleware counts a login before its outcome is known, so that a burst of
 * right passwords would be refused. Here a login is checked when its turn at the password hasher has come, so that a
 * burst of wrong ones passes the limit by no more than the hasher's concurrency.
 */
export class LoginThrottle extends Context.Service<
  LoginThrottle,
  {
    check(attempt: Attempt): Effect.Effect<void, TooManyAttempts>
    failed(attempt: Attempt): Effect.Effect<void>
  }
>()("@stockbook/http/identity/LoginThrottle") {
  static layer(limit: LoginLimit): Layer.Layer<LoginThrottle> {
    return Layer.sync(LoginThrottle, () => {
      const windowMs = limit.windowMillis ?? 15 * 60 * 1000
      const counters = [
        { ...counter(windowMs), most: limit.failures ?? 10, key: perAccount },
        { ...counter(windowMs), most: limit.addressFailures ?? 100, key: perAddress }
      ]
      return LoginThrottle.of({
        check: Effect.fnUntraced(function* (attempt) {
          for (const { get, key, most } of counters) {
            const count = yield* Effect.promise(async () => get(key(attempt)))
            if (count !== undefined && count.totalHits >= most) {
              const millis = (count.resetTime?.getTime() ?? Date.now() + windowMs) - Date.now()
              return yield* new TooManyAttempts({ retryAfterSeconds: Math.max(1, Math.ceil(millis / 1000)) })
            }
          }
        }),
        failed: (attempt) =>
          Effect.promise(() => Promise.all(counters.map(async ({ increment, key }) => increment(key(attempt)))))
      })
    })
  }
}

const perAddress = ({ address }: Attempt): string => (address === "" ? "unknown" : ipKeyGenerator(address))
const perAccount = (attempt: Attempt): string => `${perAddress(attempt)} ${loginKey(attempt.account).slice(0, 254)}`

/** One of express-rate-limit's counters. The limiter starts its store; the middleware itself stays unused. */
const counter = (windowMs: number) => {
  const store = new MemoryStore()
  const limiter = rateLimit({ windowMs, store, limit: 1, keyGenerator: () => "" })
  return { get: (key: string) => limiter.getKey(key), increment: (key: string) => store.increment(key) }
}
