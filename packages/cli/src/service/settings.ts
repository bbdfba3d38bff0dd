import type { RegistrationSetting } from "@stockbook/core"
import {
  checkNotifications,
  InvalidNotificationSetting,
  type LogLevel,
  logLevels,
  type NotificationSettings
} from "@stockbook/http"
import { type DatabaseAddress, databaseAddress } from "../database/DatabaseAddress.ts"
import { InvalidSetting } from "../InvalidSetting.ts"

/** What the environment says of a service. */
export interface Settings {
  readonly port: number
  readonly database: DatabaseSettings
  readonly registration: RegistrationSetting
  readonly gateways: ReadonlyArray<string>
  readonly notifications: NotificationSettings
  readonly logLevel: LogLevel
  /** Whoever sends it reads `/metrics`; `null` when that is not served. */
  readonly metricsToken: string | null
  /** OpenTelemetry's own variables, for traces and metrics to be sent as they say; `null` when they name no receiver. */
  readonly telemetry: Readonly<Record<string, string>> | null
}

/** Where the stock is kept, and the secret that signs tokens; beside a SQLite file `null` means made and kept there. */
export type DatabaseSettings =
  | (Extract<DatabaseAddress, { readonly _tag: "Sqlite" }> & { readonly secret: string | null })
  | (Extract<DatabaseAddress, { readonly _tag: "Postgres" }> & { readonly secret: string })

const registrations = ["customers", "open", "organizations", "closed"] as const

/** Reads the settings; an absent or empty variable is its default, a wrong one is an error, never a guess. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const read = (name: string) => (env[name] === "" ? undefined : env[name])
  return {
    port: readPort(read("PORT") ?? "8000"),
    database: readDatabase(databaseAddress(undefined, env), readSecret(read("JWT_SECRET"))),
    registration: readRegistration(read("REGISTRATION") ?? "customers"),
    gateways: (read("GATEWAY_ADDRESSES") ?? "").split(",").flatMap((address) => address.trim() || []),
    notifications: readNotifications(read),
    logLevel: readLogLevel(read("LOG_LEVEL") ?? "info"),
    metricsToken: readMetricsToken(read("METRICS_TOKEN")),
    telemetry: readTelemetry(env)
  }
}

const readPort = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new InvalidSetting("PORT", `must be a number from 0 to 65535; it is "${text}"`)
  return port
}

const readDatabase = (address: DatabaseAddress, secret: string | null): DatabaseSettings => {
  if (address._tag === "Sqlite") return { ...address, secret }
  // Several processes share a Postgres database, and must agree on the secret.
  if (secret === null) throw new InvalidSetting("JWT_SECRET", "is required with Postgres")
  return { ...address, secret }
}

const readSecret = (secret: string | undefined): string | null => {
  if (secret !== undefined && Buffer.byteLength(secret) < 32) {
    throw new InvalidSetting("JWT_SECRET", "must be at least 32 bytes long")
  }
  return secret ?? null
}

const readRegistration = (text: string): Settings["registration"] => {
  const setting = registrations.find((each) => each === text)
  if (setting === undefined) throw new InvalidSetting("REGISTRATION", `must be one of ${registrations.join(", ")}`)
  return setting
}

const readLogLevel = (text: string): LogLevel => {
  const level = logLevels.find((each) => each === text)
  if (level === undefined) throw new InvalidSetting("LOG_LEVEL", `must be one of ${logLevels.join(", ")}`)
  return level
}

const readMetricsToken = (token: string | undefined): string | null => {
  if (token !== undefined && Buffer.byteLength(token) < 16) {
    throw new InvalidSetting("METRICS_TOKEN", "must be at least 16 bytes long")
  }
  return token ?? null
}

const endpoints = ["", "TRACES_", "METRICS_"].map((signal) => `OTEL_EXPORTER_OTLP_${signal}ENDPOINT`)

const readTelemetry = (env: Readonly<Record<string, string | undefined>>): Settings["telemetry"] => {
  const said = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith("OTEL_") && value !== undefined && value !== "" ? [[name, value] as const] : []
  )
  const named = said.filter(([name]) => endpoints.includes(name))
  for (const [name, value] of named) {
    if (!/^https?:$/.test(URL.parse(value)?.protocol ?? "")) {
      throw new InvalidSetting(name, "must be an address that begins with http:// or https://")
    }
  }
  return named.length === 0 ? null : Object.fromEntries(said)
}

/** Each pair of variables stands or falls together: one without the other would tell nobody anything, and not say so. */
const readNotifications = (read: (name: string) => string | undefined): NotificationSettings => {
  const pair = (one: string, other: string) => {
    const values = [read(one), read(other)] as const
    const [first, second] = values
    if (first === undefined && second === undefined) return null
    if (first === undefined) throw new InvalidSetting(one, `is required with ${other}`)
    if (second === undefined) throw new InvalidSetting(other, `is required with ${one}`)
    return [first, second] as const
  }
  const webhook = pair("NOTIFICATION_URL", "NOTIFICATION_SECRET")
  const mail = pair("SMTP_URL", "MAIL_FROM")
  const lowStockMailTo = read("LOW_STOCK_MAIL_TO")
  const settings: NotificationSettings = {
    ...(webhook === null ? {} : { webhook: { url: webhook[0], secret: webhook[1] } }),
    ...(mail === null ? {} : { mail: { smtp: mail[0], from: mail[1] } }),
    ...(lowStockMailTo === undefined ? {} : { lowStockMailTo })
  }
  try {
    checkNotifications(settings)
  } catch (error) {
    if (!(error instanceof InvalidNotificationSetting)) throw error
    throw new InvalidSetting(variables[error.setting] ?? error.setting, error.problem)
  }
  return settings
}

/** Which variable a setting is read from. */
const variables: Readonly<Record<string, string>> = {
  "webhook.url": "NOTIFICATION_URL",
  "webhook.secret": "NOTIFICATION_SECRET",
  "mail.smtp": "SMTP_URL",
  "mail.from": "MAIL_FROM",
  lowStockMailTo: "LOW_STOCK_MAIL_TO"
}
