import { performance } from "node:perf_hooks"
import { Effect } from "effect"
import { expect, it } from "vitest"
import { Passwords } from "../src/identity/Passwords.ts"

const inPasswords = <A>(use: (passwords: Passwords["Service"]) => Effect.Effect<A>): Promise<A> =>
  Effect.runPromise(Effect.provide(Effect.flatMap(Passwords, use), Passwords.layer))

it("leaves the event loop to others while it hashes", async () => {
  await inPasswords((passwords) =>
    Effect.gen(function* () {
      const stored = yield* passwords.hash("correct horse")
      const wrong = { password: "wrong horse", hash: stored, admit: Effect.void, onWrong: Effect.void }
      const before = performance.eventLoopUtilization()
      yield* Effect.all(
        Array.from({ length: 16 }, () => Effect.all([passwords.hash("battery staple"), passwords.verify(wrong)])),
        { concurrency: "unbounded" }
      )
      // Hashed on the loop, it would be in use all the time.
      expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
    })
  )
})

it("hashes with argon2id and a salt of its own each time, at no less than what OWASP asks for", async () => {
  const [one, other] = await inPasswords((passwords) =>
    Effect.all([passwords.hash("correct horse"), passwords.hash("correct horse")])
  )
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(other)
})
