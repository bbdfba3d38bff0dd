import { describe, expect, it } from "vitest"
import { readSettings } from "../src/service/settings.ts"

const secret = "0123456789abcdef0123456789abcdef"

describe("settings", () => {
  it("have defaults", () => {
    expect(readSettings({ PORT: "" })).toEqual({
      port: 8000,
      database: { _tag: "Sqlite", filename: "./stock.db", secret: null },
      registration: "customers",
      gateways: [],
      notifications: {},
      logLevel: "info",
      metricsToken: null,
      telemetry: null
    })
  })

  it.each([
    [{ PORT: "80a" }, "PORT"],
    [{ PORT: "70000" }, "PORT"],
    [{ PORT: "-1" }, "PORT"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL"],
    [{ DATABASE_URL: "sqlite:" }, "DATABASE_URL"],
    [{ JWT_SECRET: "short" }, "JWT_SECRET"],
    [{ DATABASE_URL: "postgres://localhost/stock" }, "JWT_SECRET"],
    [{ REGISTRATION: "anyone" }, "REGISTRATION"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of info, warn, error, none"],
    [{ METRICS_TOKEN: "short" }, "METRICS_TOKEN must be at least 16 bytes"],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "localhost:4318" }, "OTEL_EXPORTER_OTLP_ENDPOINT must"],
    [{ NOTIFICATION_URL: "ftp://x", NOTIFICATION_SECRET: secret }, "NOTIFICATION_URL must"],
    [{ NOTIFICATION_URL: "https://x.example/", NOTIFICATION_SECRET: "short" }, "NOTIFICATION_SECRET must"],
    [{ NOTIFICATION_URL: "https://x.example/" }, "NOTIFICATION_SECRET is required with NOTIFICATION_URL"],
    [{ NOTIFICATION_SECRET: secret }, "NOTIFICATION_URL is required with NOTIFICATION_SECRET"],
    [{ SMTP_URL: "mail.example.org", MAIL_FROM: "stock@example.org" }, "SMTP_URL must"],
    [{ SMTP_URL: "smtp://localhost", MAIL_FROM: "stock" }, "MAIL_FROM must"],
    [{ SMTP_URL: "smtp://localhost" }, "MAIL_FROM is required with SMTP_URL"],
    [{ MAIL_FROM: "stock@example.org" }, "SMTP_URL is required with MAIL_FROM"],
    [{ LOW_STOCK_MAIL_TO: "keeper" }, "LOW_STOCK_MAIL_TO must"]
  ])("name the variable that is wrong: %j", (env, name) => {
    expect(() => readSettings(env)).toThrow(name)
  })

  const password = "planted-password"
  it.each([
    [{ JWT_SECRET: password }],
    [{ DATABASE_URL: `mysql://user:${password}@localhost/stock` }],
    [{ DATABASE_URL: `postgres://user:${password}@localhost:one/stock`, JWT_SECRET: secret }],
    [{ DATABASE_URL: `postgres://user:${password}@localhost/stock` }],
    [{ NOTIFICATION_URL: "https://x.example", NOTIFICATION_SECRET: password }],
    [{ NOTIFICATION_URL: `https://user:${password}@x.example`, NOTIFICATION_SECRET: secret }],
    [{ SMTP_URL: `http://user:${password}@localhost`, MAIL_FROM: "stock@example.org" }],
    [{ SMTP_URL: `smtp://user:${password}%zz@localhost`, MAIL_FROM: "stock@example.org" }]
  ])("keep to themselves what may be a secret: %j", (env) => {
    const message = () => {
      try {
        readSettings(env)
        return "nothing was wrong"
      } catch (error) {
        return String(error)
      }
    }
    expect(message()).toMatch(/must|required/)
    expect(message()).not.toContain(password)
  })

  it("take a Postgres URL with a secret", () => {
    const url = "postgres://stock@localhost/stock"
    expect(readSettings({ DATABASE_URL: url, JWT_SECRET: secret }).database).toEqual({ _tag: "Postgres", url, secret })
  })

  it("take an address to notify and a mail server", () => {
    const env = {
      NOTIFICATION_URL: "https://erp.example/hook",
      NOTIFICATION_SECRET: secret,
      SMTP_URL: "smtps://user:password@mail.example.org",
      MAIL_FROM: "Acme <stock@example.org>",
      LOW_STOCK_MAIL_TO: "keeper@example.org"
    }
    expect(readSettings(env).notifications).toEqual({
      webhook: { url: env.NOTIFICATION_URL, secret },
      mail: { smtp: env.SMTP_URL, from: env.MAIL_FROM },
      lowStockMailTo: env.LOW_STOCK_MAIL_TO
    })
  })

  it("take OpenTelemetry's variables where one of them names a receiver", () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318", OTEL_SERVICE_NAME: "shop" }
    expect(readSettings({ ...env, OTEL_TRACES_EXPORTER: "" }).telemetry).toEqual(env)
    expect(readSettings({ OTEL_SERVICE_NAME: "shop" }).telemetry).toBeNull()
  })

  it("are read as given", () => {
    const settings = readSettings({ PORT: "0", DATABASE_URL: "sqlite::memory:", GATEWAY_ADDRESSES: "127.0.0.1, ::1" })
    expect(settings).toMatchObject({ port: 0, database: { filename: ":memory:" }, gateways: ["127.0.0.1", "::1"] })
  })
})
