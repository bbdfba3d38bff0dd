import { MemoryStore } from "@stockbook/core"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkNotifications, InvalidNotificationSetting, stockbook } from "../../src/index.ts"
import { defaultPace, waitAfter } from "../../src/notifications/backOff.ts"
import { senderOf, smtpServer } from "../../src/notifications/settings.ts"

const secret = "a secret shared with the receiver, long enough"
const from = "stock@example.org"

describe("notification settings", () => {
  it.each<[object, string]>([
    [{ webhook: { url: "nowhere", secret } }, "webhook.url"],
    [{ webhook: { url: "ftp://example.org/hook", secret } }, "webhook.url"],
    [{ webhook: { url: "https://me:hidden@example.org/hook", secret } }, "webhook.url"],
    [{ webhook: { url: "https://example.org/hook", secret: "hidden" } }, "webhook.secret"],
    [{ webhook: { url: "https://example.org/hook" } }, "webhook.secret"],
    [{ mail: { smtp: "mail.example.org", from } }, "mail.smtp"],
    [{ mail: { smtp: "http://mail.example.org", from } }, "mail.smtp"],
    [{ mail: { smtp: "smtp://", from } }, "mail.smtp"],
    [{ mail: { smtp: "smtp://mail.example.org?pool=hidden", from } }, "mail.smtp"],
    [{ mail: { smtp: "smtp://user@mail.example.org", from } }, "mail.smtp"],
    [{ mail: { smtp: "smtp://user:hidden%@mail.example.org", from } }, "mail.smtp"],
    [{ mail: { smtp: "smtp://mail.example.org", from: "nobody" } }, "mail.from"],
    [{ mail: { smtp: "smtp://mail.example.org", from: "a@example.org, b@example.org" } }, "mail.from"],
    [{ mail: { smtp: "smtp://mail.example.org", from: "Stock\r\nBcc: x@example.org <a@example.org>" } }, "mail.from"],
    [{ lowStockMailTo: "a@example.org\nBcc: b@example.org" }, "lowStockMailTo"],
    [{ pace: { attempts: 0 } }, "pace"],
    [{ pace: { first: 1.5 } }, "pace"],
    [{ timeout: -1 }, "timeout"]
  ])("that cannot work are named, and not shown: %j", (settings, setting) => {
    const check = () => checkNotifications(settings)
    expect(check).toThrow(InvalidNotificationSetting)
    expect(check).toThrow(expect.objectContaining({ setting, message: expect.not.stringContaining("hidden") }))
    const authenticate = async () => null
    expect(() => stockbook({ store: MemoryStore.layer, authenticate, notifications: settings } as never)).toThrow(
      InvalidNotificationSetting
    )
  })

  it("name a mail server, by default on the port for it", () => {
    const local = { host: "localhost", port: 587, secure: false, auth: null, local: true }
    expect(smtpServer("smtp://localhost")).toEqual(local)
    expect(smtpServer("smtps://us%40er:p%3Ass@mail.example.org")).toEqual({
      host: "mail.example.org",
      port: 465,
      secure: true,
      auth: { user: "us@er", pass: "p:ss" },
      local: false
    })
    expect(smtpServer("smtp://[::1]:2525/")).toEqual({ ...local, host: "::1", port: 2525 })
  })

  it("name who mails are from", () => {
    expect(senderOf("stock@example.org")).toEqual({ name: "", address: "stock@example.org" })
    expect(senderOf("Müller & Co. <stock@example.org>")).toEqual({ name: "Müller & Co.", address: "stock@example.org" })
  })
})

describe("the wait after a failure", () => {
  const pace = { ...defaultPace, first: 1000, longest: 60_000 }

  it("doubles up to the longest, half of it by chance", () => {
    expect([1, 2, 3, 6, 7, 5000].map((attempts) => waitAfter(attempts, pace, 1))).toEqual([
      1000, 2000, 4000, 32_000, 60_000, 60_000
    ])
    expect([1, 2, 7].map((attempts) => waitAfter(attempts, pace, 0))).toEqual([500, 1000, 30_000])
  })

  it("is as long as the receiver asks, if that is not too long", () => {
    expect(waitAfter(1, pace, 1, 30_000)).toBe(30_000)
    expect(waitAfter(1, pace, 1, 10_000_000)).toBe(60_000)
    expect(waitAfter(3, pace, 1, 10)).toBe(4000)
  })

  it("is a positive integer within bounds, whatever happens", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (attempts, chance, asked) => {
          const wait = waitAfter(attempts, pace, chance, asked)
          expect(Number.isSafeInteger(wait) && wait >= 500 && wait <= 60_000).toBe(true)
        }
      )
    )
  })

  it("adds up to many hours by default before a delivery is dead", () => {
    const waits = Array.from({ length: defaultPace.attempts - 1 }, (_, n) => waitAfter(n + 1, defaultPace, 1))
    expect(waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000).toBeCloseTo(18.1, 0)
  })
})
