import { Identity, type Replies } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { Writes } from "../exchange/Writes.ts"
import type { StockbookOptions, StoreServices } from "../Options.ts"
import { Accounts } from "./Accounts.ts"
import { Authenticator } from "./Authenticator.ts"
import type { Authentication, Authorization, Identification } from "./Authorization.ts"
import { authorizing } from "./authorizing.ts"
import type { EnvelopeAuthorization } from "./EnvelopeAuthorization.ts"
import { LoginThrottle } from "./LoginThrottle.ts"
import { Passwords } from "./Passwords.ts"
import { Tokens } from "./Tokens.ts"

/** Who may ask and how it is known, as the options say. Throws on a token secret that is too short. */
export const identityLayer = (
  options: StockbookOptions
): Layer.Layer<
  Accounts | Authentication | Authorization | EnvelopeAuthorization | Identification,
  never,
  StoreServices | Replies
> => {
  const { accounts, authenticator } =
    options.authenticate === undefined
      ? builtIn(options)
      : { accounts: noAccounts, authenticator: Authenticator.layerHost(options.authenticate) }
  const identified =
    options.gateway === undefined
      ? authenticator
      : Authenticator.layerGateway(options.gateway.addresses).pipe(Layer.provide(authenticator))
  return Layer.mergeAll(accounts, authorizing.pipe(Layer.provide([identified, Writes.layer])))
}

const builtIn = (options: Extract<StockbookOptions, { readonly authenticate?: undefined }>) => {
  const tokens = Tokens.layer(options.tokens)
  const accounts = Accounts.layer(options.registration ?? {}).pipe(
    Layer.provide([Identity.layer, Passwords.layer, LoginThrottle.layer(options.loginLimit ?? {}), tokens])
  )
  return { accounts, authenticator: Authenticator.layerTokens.pipe(Layer.provide(tokens)) }
}

/** A host with users of its own has no accounts here; the router does not let requests for them through. */
const noAccounts = Layer.succeed(Accounts, {
  register: () => Effect.die("no accounts"),
  login: () => Effect.die("no accounts"),
  refresh: () => Effect.die("no accounts"),
  profile: () => Effect.die("no accounts"),
  named: () => Effect.succeed(new Map())
})
