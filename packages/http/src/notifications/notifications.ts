import { type Catalog, Store, type StoreError, Subscriptions } from "@stockbook/core"
import { Effect, Layer, Schedule } from "effect"
import type { Logger } from "../exchange/Log.ts"
import { defaultPace } from "./backOff.ts"
import type { Channel } from "./Channel.ts"
import { mailLog, smtp } from "./email.ts"
import { plan } from "./plan.ts"
import { sending } from "./sending.ts"
import { checkNotifications, type NotificationSettings, senderOf, smtpServer } from "./settings.ts"
import { builtInTemplates } from "./templates.ts"
import { webhook } from "./webhook.ts"

/** Under which name the store remembers how far the events have been turned into deliveries. */
const SUBSCRIBER = "notifications"

const webhookTimeout = 10_000
const mailTimeout = 60_000
/** How long what was sent is remembered, milliseconds: 30 days. */
const kept = 30 * 24 * 3_600_000

/**
 * Tells people and programs what happened: first the events of the outbox, which only what was committed is in, become
 * deliveries, one for each event, channel and purpose; then those are sent, apart from all requests. A delivery that is
 * not taken is tried again, ever less often, and is dead in the end; dead ones can be listed and driven again.
 *
 * Each event is planned once, and sent until it was taken and that is recorded: a process that dies between the two
 * sends it again, under the same id. A store that never had notifications starts with what happens from now on.
 *
 * Throws if the settings cannot work.
 */
export const notifications = (
  settings: NotificationSettings,
  log: Logger
): Layer.Layer<never, StoreError, Store | Subscriptions | Catalog> => {
  checkNotifications(settings)
  const channels = channelsOf(settings, log)
  const pace = { ...defaultPace, ...settings.pace }
  const lowStock = { posted: settings.webhook !== undefined, mailTo: settings.lowStockMailTo ?? null }
  return Layer.effectDiscard(
    Effect.gen(function* () {
      const { deliveries } = yield* Store
      const subscriptions = yield* Subscriptions
      yield* subscriptions.startNow(SUBSCRIBER)
      const wakes = yield* Effect.forEach(channels, (channel) => sending(channel, deliveries, pace, log))

      const report = (error: StoreError) =>
        Effect.sync(() => {
          const cause = `Notifications are interrupted: ${error.message}`
          log({ level: "error", event: "fault", time: new Date().toISOString(), requestId: null, cause })
        })

      yield* subscriptions
        .subscribe(
          SUBSCRIBER,
          (changes) =>
            Effect.flatMap(plan(changes, lowStock), (planned) =>
              planned.length === 0
                ? Effect.void
                : Effect.andThen(deliveries.add(planned), Effect.all(wakes, { discard: true }))
            ),
          { only: "events", pause: Math.min(pace.poll, 100) }
        )
        .pipe(
          Effect.tapError(report),
          Effect.retry(Schedule.spaced(pace.poll).pipe(Schedule.jittered)),
          Effect.forkScoped
        )

      yield* deliveries
        .clear(kept, 1000)
        .pipe(
          Effect.repeat({ while: (cleared) => cleared === 1000 }),
          Effect.ignore,
          Effect.repeat(Schedule.spaced("1 hour")),
          Effect.forkScoped
        )
    })
  )
}

const channelsOf = (settings: NotificationSettings, log: Logger): ReadonlyArray<Channel> => {
  const { mail, timeout } = settings
  const templates = { ...builtInTemplates, ...settings.templates }
  const email =
    mail === undefined
      ? mailLog(log, templates, timeout ?? mailTimeout)
      : smtp(smtpServer(mail.smtp), senderOf(mail.from), templates, timeout ?? mailTimeout)
  return settings.webhook === undefined ? [email] : [email, webhook(settings.webhook, timeout ?? webhookTimeout)]
}
