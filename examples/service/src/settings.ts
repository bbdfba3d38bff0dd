import type { RegistrationSetting } from "@stockbook/core"
import { checkNotifications, InvalidNotificationSetting, type NotificationSettings } from "@stockbook/http"

/** What the environment says of a service. */
export interface Settings {
  readonly port: number
  readonly database: DatabaseSettings
  readonly registration: RegistrationSetting
  readonly gateways: ReadonlyArray<string>
  readonly notifications: NotificationSettings
}

/** Where the stock is kept, and the secret that signs tokens; beside a SQLite file `null` means made and kept there. */
export type DatabaseSettings =
  | { readonly _tag: "Sqlite"; readonly filename: string; readonly secret: string | null }
  | { readonly _tag: "Postgres"; readonly url: string; readonly secret: string }

/** The environment is not usable: names the variable and says what was wrong. */
export class SettingsError extends Error {}

const registrations = ["customers", "open", "organizations", "closed"] as const

/** Reads the settings; an absent or empty variable is its default, a wrong one is an error, never a guess. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const read = (name: string) => (env[name] === "" ? undefined : env[name])
  return {
    port: readPort(read("PORT") ?? "8000"),
    database: readDatabase(read("DATABASE_URL") ?? "sqlite:./stock.db", readSecret(read("JWT_SECRET"))),
    registration: readRegistration(read("REGISTRATION") ?? "customers"),
    gateways: (read("GATEWAY_ADDRESSES") ?? "").split(",").flatMap((address) => address.trim() || []),
    notifications: readNotifications(read)
  }
}

const readPort = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new SettingsError(`PORT must be a number from 0 to 65535; it is "${text}"`)
  return port
}

const readDatabase = (url: string, secret: string | null): DatabaseSettings => {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) {
    // Several processes share a Postgres database, and must agree on the secret.
    if (secret === null) throw new SettingsError("JWT_SECRET is required with Postgres")
    return { _tag: "Postgres", url, secret }
  }
  const filename = url.startsWith("sqlite:") ? url.slice("sqlite:".length) : ""
  if (filename === "") {
    throw new SettingsError(
      "DATABASE_URL must be sqlite:<file>, sqlite::memory: or postgres://<user>@<host>/<database>"
    )
  }
  return { _tag: "Sqlite", filename, secret }
}

const readSecret = (secret: string | undefined): string | null => {
  if (secret !== undefined && Buffer.byteLength(secret) < 32) {
    throw new SettingsError("JWT_SECRET must be at least 32 bytes long")
  }
  return secret ?? null
}

const readRegistration = (text: string): Settings["registration"] => {
  const setting = registrations.find((each) => each === text)
  if (setting === undefined) throw new SettingsError(`REGISTRATION must be one of ${registrations.join(", ")}`)
  return setting
}

/** Each pair of variables stands or falls together: one without the other would tell nobody anything, and not say so. */
const readNotifications = (read: (name: string) => string | undefined): NotificationSettings => {
  const pair = (one: string, other: string) => {
    const values = [read(one), read(other)] as const
    const [first, second] = values
    if (first === undefined && second === undefined) return null
    if (first === undefined) throw new SettingsError(`${one} is required with ${other}`)
    if (second === undefined) throw new SettingsError(`${other} is required with ${one}`)
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
    throw new SettingsError(`${variables[error.setting] ?? error.setting} ${error.problem}`)
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
