import type { EngineOptions, IdentityDriver, RetentionOptions, Store } from "@stockbook/core"
import type { CorsOptions } from "cors"
import type { Layer } from "effect"
import type { Request } from "express"
import type { Logger } from "./exchange/Log.ts"
import type { RegistrationSettings } from "./identity/Accounts.ts"
import type { HostActor } from "./identity/HostActor.ts"
import type { LoginLimit } from "./identity/LoginThrottle.ts"
import type { TokenSettings } from "./identity/Tokens.ts"
import type { LoadLimits } from "./load/LoadLimits.ts"
import type { NotificationSettings } from "./notifications/settings.ts"

/** What a store provides to the router. */
export type StoreServices = Store | IdentityDriver

interface CommonOptions {
  /** The store, as a layer. It is built with the router and released by `close`. */
  readonly store: Layer.Layer<StoreServices, unknown>
  /** Trusts `X-User-Id`, `X-Organization-Id` and `X-User-Role` from these socket addresses, and from no others. */
  readonly gateway?: { readonly addresses: ReadonlyArray<string> } | undefined
  /** How the engine gathers commands. */
  readonly engine?: EngineOptions | undefined
  /**
   * Whom to tell what, and how; by default mails are written to the log, and low stock is posted nowhere. The same for
   * all processes on a store, for any of them may be the one to tell. `null` leaves it to others.
   */
  readonly notifications?: NotificationSettings | null | undefined
  /**
   * How long outcomes of idempotency keys (30 days) and events that every subscriber has passed (90 days) are kept;
   * what is older is cleared each hour. `null` leaves that to others.
   */
  readonly retention?: RetentionOptions | null | undefined
  /** When requests are turned away because too many are under way; `null` turns none away. */
  readonly load?: LoadLimits | null | undefined
  /** The largest request body in bytes; 4 MiB by default. */
  readonly bodyLimit?: number | undefined
  /** Which other origins' pages may call; none by default. */
  readonly cors?: CorsOptions | undefined
  /**
   * Serves what the engine measures at `GET /metrics`, in Prometheus's text format, to those who send this bearer token,
   * at least 16 bytes; or to everybody (`true`), where nobody else can reach the router. Not served when left out: it
   * tells how much is sold, of all organizations together.
   */
  readonly metrics?: true | { readonly token: string } | undefined
  /**
   * Where traces and metrics go, such as effect's own exporter to OpenTelemetry (`effect/observability/Otlp`). Built
   * before the store and released after it, so that nothing is lost at the end. Nowhere by default.
   */
  readonly telemetry?: Layer.Layer<never, unknown> | undefined
  /** Where log entries go; JSON lines on standard output by default. */
  readonly log?: Logger | undefined
}

/** Users, passwords and tokens of Stockbook's own. */
interface BuiltInIdentity {
  readonly tokens: TokenSettings
  readonly registration?: RegistrationSettings | undefined
  readonly loginLimit?: LoginLimit | undefined
  readonly authenticate?: undefined
}

/** The host app knows who asks; the register, login and token endpoints are not served. */
interface HostIdentity {
  /** Who sends this request; `null` for nobody. Anything else than an actor is a fault (500), and is logged. */
  readonly authenticate: (request: Request) => HostActor | null | Promise<HostActor | null>
  readonly tokens?: undefined
}

export type StockbookOptions = CommonOptions & (BuiltInIdentity | HostIdentity)
