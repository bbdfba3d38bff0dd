import { describe, expect, it } from "vitest"
import { readSettings } from "../src/settings.ts"

describe("settings", () => {
  it("have defaults", () => {
    expect(readSettings({ PORT: "" })).toEqual({
      port: 8000,
      database: { _tag: "Sqlite", filename: "./stock.db", secret: null },
      registration: "customers",
      gateways: [],
      lowStockWebhook: null
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
    [{ LOW_STOCK_WEBHOOK: "ftp://x" }, "LOW_STOCK_WEBHOOK"]
  ])("name the variable that is wrong: %j", (env, name) => {
    expect(() => readSettings(env)).toThrow(name)
  })

  it("take a Postgres URL with a secret", () => {
    const url = "postgres://stock@localhost/stock"
    const secret = "0123456789abcdef0123456789abcdef"
    expect(readSettings({ DATABASE_URL: url, JWT_SECRET: secret }).database).toEqual({ _tag: "Postgres", url, secret })
  })

  it("are read as given", () => {
    const settings = readSettings({ PORT: "0", DATABASE_URL: "sqlite::memory:", GATEWAY_ADDRESSES: "127.0.0.1, ::1" })
    expect(settings).toMatchObject({ port: 0, database: { filename: ":memory:" }, gateways: ["127.0.0.1", "::1"] })
  })
})
