import type { Delivery, DeliveryDriver, StoreError } from "@stockbook/core"
import { Clock, Effect, Exit, Fiber, Queue, Random, Schedule, Scope } from "effect"
import type { Logger } from "../exchange/Log.ts"
import { type Pace, waitAfter } from "./backOff.ts"
import { type Channel, deliveryId, Undelivered } from "./Channel.ts"

/** How long deliveries under way may take when the process ends, milliseconds; then they are cut off and tried again. */
const grace = 3000

/** What is known of a failure of the store is worth a few tries: to forget that a mail was sent is to send it again. */
const whileTroubled = Schedule.exponential("50 millis", 2).pipe(Schedule.jittered, Schedule.upTo({ times: 6 }))

/**
 * Sends what is due on a channel until the scope ends, some at once; answers with an effect that makes it look at once.
 * Of any number of processes, one sends a delivery at a time: the lease outlives the try by as much again.
 */
export const sending = Effect.fnUntraced(function* (
  channel: Channel,
  deliveries: DeliveryDriver,
  pace: Pace,
  log: Logger
) {
  const attempts = yield* Scope.make()
  const wake = yield* Queue.sliding<void>(1)
  let free = channel.concurrency

  const tried = (delivery: Delivery) =>
    channel.send(delivery).pipe(
      Effect.timeoutOrElse({
        duration: channel.timeout,
        orElse: () => Effect.fail(new Undelivered({ why: `took longer than ${channel.timeout} ms`, again: true }))
      }),
      Effect.catchDefect((defect) =>
        Effect.fail(new Undelivered({ why: defect instanceof Error ? defect.name : "failed", again: false }))
      ),
      Effect.onInterrupt(() => Effect.ignore(deliveries.failed(delivery, delivery.attempts, "cut off", 0)))
    )

  // Only the try itself can be cut off: what became of it is recorded.
  const attempt = (delivery: Delivery) =>
    Effect.uninterruptibleMask((interruptible) =>
      Effect.matchEffect(interruptible(tried(delivery)), {
        onSuccess: () => Effect.retry(deliveries.sent(delivery), whileTroubled),
        onFailure: (failure) => failed(delivery, failure)
      })
    ).pipe(
      Effect.catch((error) => report(`The outcome of ${deliveryId(delivery)} was not recorded: ${error.message}`)),
      Effect.ensuring(
        Effect.sync(() => {
          free += 1
          Queue.offerUnsafe(wake, undefined)
        })
      )
    )

  const failed = Effect.fnUntraced(function* (delivery: Delivery, { why, again, after }: Undelivered) {
    const dead = !again || delivery.attempts >= pace.attempts
    const chance = yield* Random.next
    const retryIn = dead ? null : waitAfter(delivery.attempts, pace, chance, after)
    yield* Effect.retry(deliveries.failed(delivery, delivery.attempts, why, retryIn), whileTroubled)
    const now = yield* Clock.currentTimeMillis
    log({
      level: dead ? "error" : "warn",
      event: "delivery",
      time: new Date(now).toISOString(),
      id: deliveryId(delivery),
      channel: channel.name,
      attempt: delivery.attempts,
      dead,
      cause: why
    })
  })

  const report = (cause: string) =>
    Effect.sync(() => log({ level: "error", event: "fault", time: new Date().toISOString(), requestId: null, cause }))

  const wait = Effect.timeoutOption(Queue.take(wake), pace.poll)

  /** Takes as many as there are hands free; answers whether more may be due. */
  const look = Effect.fnUntraced(function* () {
    const hands = free
    if (hands === 0) return false
    const claimed = yield* deliveries.claim(channel.name, hands, 2 * channel.timeout)
    free -= claimed.length
    yield* Effect.forEach(claimed, (delivery) => Effect.forkIn(attempt(delivery), attempts), { discard: true })
    return claimed.length === hands
  }, Effect.uninterruptible)

  const looking = yield* Effect.flatMap(look(), (more) => (more ? Effect.void : wait)).pipe(
    Effect.catch((error: StoreError) =>
      Effect.andThen(report(`Nothing is sent by ${channel.name}: ${error.message}`), wait)
    ),
    Effect.forever,
    Effect.forkScoped
  )
  const settled = Effect.whileLoop({ while: () => free < channel.concurrency, body: () => wait, step: () => {} })
  yield* Effect.addFinalizer(() =>
    Fiber.interrupt(looking).pipe(
      Effect.andThen(Effect.timeoutOption(settled, grace)),
      Effect.andThen(Scope.close(attempts, Exit.void))
    )
  )
  return Effect.sync(() => void Queue.offerUnsafe(wake, undefined))
})
