export type { ApiName } from "./apis/index.ts"
export { InvalidOption } from "./checkOptions.ts"
export {
  type AccessEntry,
  atLeast,
  type DeliveryEntry,
  type FaultEntry,
  jsonLines,
  type LogEntry,
  type Logger,
  type LogLevel,
  logLevels,
  type MailEntry,
  type StoreEntry
} from "./exchange/Log.ts"
export type { RegistrationSettings } from "./identity/Accounts.ts"
export { type HostActor, InvalidActor } from "./identity/HostActor.ts"
export type { LoginLimit } from "./identity/LoginThrottle.ts"
export type { TokenSettings } from "./identity/Tokens.ts"
export { closeServer, type ShutdownOptions, stopOnSignals } from "./lifecycle/GracefulShutdown.ts"
export { InvalidLoadLimit, type LoadLimits } from "./load/LoadLimits.ts"
export type { Pace } from "./notifications/backOff.ts"
export type { DeliveryOffice, WhichDeliveries } from "./notifications/DeliveryOffice.ts"
export type { Mail, Template, Templates } from "./notifications/Mail.ts"
export {
  checkNotifications,
  InvalidNotificationSetting,
  type MailSettings,
  type NotificationSettings
} from "./notifications/settings.ts"
export { type ReceivedWebhook, verifyWebhook } from "./notifications/signature.ts"
export type { WebhookSettings } from "./notifications/webhook.ts"
export type { StockbookOptions, StoreServices } from "./Options.ts"
export { type Load, type StockbookRouter, stockbook } from "./Stockbook.ts"
