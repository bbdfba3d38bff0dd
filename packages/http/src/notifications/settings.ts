import { isEmailAddress } from "@stockbook/core"
import type { Pace } from "./backOff.ts"
import type { Templates } from "./Mail.ts"
import type { WebhookSettings } from "./webhook.ts"

/** Whom to tell what, and how. */
export interface NotificationSettings {
  /** Where low stock is posted; it is posted nowhere without. */
  readonly webhook?: WebhookSettings | undefined
  /** By which server mails are sent, and from whom; without, they are written to the log. */
  readonly mail?: MailSettings | undefined
  /** To whom low stock is mailed as well; to nobody by default. */
  readonly lowStockMailTo?: string | undefined
  /** Mails for further kinds of notices, or in place of those there are. */
  readonly templates?: Templates | undefined
  /** How often and how long it is tried. */
  readonly pace?: Partial<Pace> | undefined
  /** How long a try may take, milliseconds; by default 10,000 for the webhook and 60,000 for a mail. */
  readonly timeout?: number | undefined
}

export interface MailSettings {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the start; user, password and port may be left out. */
  readonly smtp: string
  /** An address, or `Name <address>`. */
  readonly from: string
}

export interface SmtpServer {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly auth: { readonly user: string; readonly pass: string } | null
  /** On this machine. */
  readonly local: boolean
}

export interface Sender {
  readonly name: string
  readonly address: string
}

/** A notification setting cannot work. Says what is wrong, but not what it is: that may be a secret. */
export class InvalidNotificationSetting extends Error {
  readonly setting: "webhook.url" | "webhook.secret" | "mail.smtp" | "mail.from" | "lowStockMailTo" | "pace" | "timeout"
  readonly problem: string

  constructor(setting: InvalidNotificationSetting["setting"], problem: string) {
    super(`notifications.${setting} ${problem}`)
    this.name = "InvalidNotificationSetting"
    this.setting = setting
    this.problem = problem
  }
}

/** Throws `InvalidNotificationSetting` if any of the settings cannot work. */
export const checkNotifications = (settings: NotificationSettings): void => {
  const { webhook, mail, lowStockMailTo, pace = {}, timeout = 1 } = settings
  if (webhook !== undefined) checkWebhook(webhook)
  if (mail !== undefined) {
    smtpServer(mail.smtp)
    senderOf(mail.from)
  }
  if (lowStockMailTo !== undefined && !isEmailAddress(lowStockMailTo)) {
    throw new InvalidNotificationSetting("lowStockMailTo", "must be an e-mail address")
  }
  const { attempts = 1, first = 1, longest = 1, poll = 1 } = pace
  if (![attempts, first, longest, poll].every((each) => Number.isSafeInteger(each) && each > 0)) {
    throw new InvalidNotificationSetting("pace", "must be of positive integers")
  }
  if (!(Number.isSafeInteger(timeout) && timeout > 0)) {
    throw new InvalidNotificationSetting("timeout", "must be a positive integer")
  }
}

const checkWebhook = ({ url, secret }: WebhookSettings): void => {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new InvalidNotificationSetting("webhook.url", "must be an http(s) URL")
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new InvalidNotificationSetting("webhook.url", "must not hold a user or password")
  }
  if (typeof secret !== "string" || Buffer.byteLength(secret) < 32) {
    throw new InvalidNotificationSetting("webhook.secret", "must be at least 32 bytes long")
  }
}

const usual = { "smtp:": 587, "smtps:": 465 }

/** The mail server a URL names. */
export const smtpServer = (url: string): SmtpServer => {
  const wrong = (problem: string) => new InvalidNotificationSetting("mail.smtp", problem)
  const shape = "must be smtp(s)://[user:password@]host[:port]"
  if (!URL.canParse(url)) throw wrong(shape)
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url)
  if ((protocol !== "smtp:" && protocol !== "smtps:") || hostname === "") throw wrong(shape)
  if (!/^\/?$/.test(pathname) || search !== "" || hash !== "") throw wrong(`${shape}, and nothing more`)
  if ((username === "") !== (password === "")) throw wrong("must have both user and password, or neither")
  const host = hostname.replace(/^\[|\]$/g, "")
  return {
    host,
    port: port === "" ? usual[protocol] : Number(port),
    secure: protocol === "smtps:",
    auth: username === "" ? null : { user: decoded(username, wrong), pass: decoded(password, wrong) },
    local: host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host)
  }
}

const decoded = (part: string, wrong: (problem: string) => Error): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    throw wrong("must have its user and password percent-encoded")
  }
}

/** Whom mails are from. */
export const senderOf = (text: string): Sender => {
  const named = /^([^<>"\p{C}]{0,100}?)\s*<([^<>]+)>$/u.exec(text)
  const [name = "", address = ""] = named === null ? ["", text] : named.slice(1)
  if (!isEmailAddress(address)) {
    throw new InvalidNotificationSetting("mail.from", "must be an e-mail address, or Name <address>")
  }
  return { name, address }
}
