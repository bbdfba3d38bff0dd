import type { IncomingMessage } from "node:http"
import { type Actor, OrganizationId, Role, UserId } from "@stockbook/core"
import { Context, Data, Effect, Layer, Schema } from "effect"
import type { Request } from "express"
import { actorOf, type HostActor } from "./HostActor.ts"
import { Tokens } from "./Tokens.ts"

/** There are credentials, and they are no good. */
export class BadCredentials extends Data.TaggedError("BadCredentials") {}

/** Who sends a request: an actor, nobody, or somebody with bad credentials. */
export class Authenticator extends Context.Service<
  Authenticator,
  { identify(request: IncomingMessage): Effect.Effect<Actor | null, BadCredentials> }
>()("@stockbook/http/identity/Authenticator") {
  /** By `Authorization: Bearer`. */
  static readonly layerTokens: Layer.Layer<Authenticator, never, Tokens> = Layer.effect(
    Authenticator,
    Effect.map(Tokens, (tokens) =>
      Authenticator.of({
        identify: (request) => {
          const token = bearerToken(request.headers.authorization)
          if (token === null) return nobody
          return Effect.mapErrorEager(tokens.verifyAccess(token), () => new BadCredentials())
        }
      })
    )
  )

  /** By a function of the host app's; a rejected promise is a fault of the host's, and answers 500. */
  static layerHost(
    authenticate: (request: Request) => HostActor | null | Promise<HostActor | null>
  ): Layer.Layer<Authenticator> {
    return Layer.succeed(
      Authenticator,
      Authenticator.of({
        // The router runs in Express, so its requests are Express's.
        identify: (request) => Effect.promise(async () => actorOf(await authenticate(request as Request)))
      })
    )
  }

  /** By a gateway's headers where they come from one of these socket addresses, else by the layer beneath. */
  static layerGateway(addresses: ReadonlyArray<string>): Layer.Layer<Authenticator, never, Authenticator> {
    const trusted = new Set(addresses.map(plainAddress))
    return Layer.effect(
      Authenticator,
      Effect.map(Authenticator, (beneath) =>
        Authenticator.of({
          identify: (request) => {
            const { headers } = request
            const named = headers["x-organization-id"] ?? headers["x-user-role"] ?? headers["x-user-id"]
            return named !== undefined && trusted.has(plainAddress(request.socket.remoteAddress ?? ""))
              ? fromGateway(headers)
              : beneath.identify(request)
          }
        })
      )
    )
  }
}

const nobody = Effect.succeed(null)

/** The token of a bearer `Authorization` header, or `null` where there is none. */
const bearerToken = (header: string | undefined): string | null => {
  if (header === undefined || header.length < 7 || header.slice(0, 7).toLowerCase() !== "bearer ") return null
  const token = header.slice(7).trim()
  return token === "" ? null : token
}

/** An IPv4 address looks the same whether the socket listens on IPv6 or not. */
const plainAddress = (address: string): string => (address.startsWith("::ffff:") ? address.slice(7) : address)

const Whole = Schema.FiniteFromString.check(Schema.isInt())
const GatewayHeaders = Schema.Struct({
  "x-user-id": Schema.optional(Whole.pipe(Schema.decodeTo(UserId))),
  "x-organization-id": Whole.pipe(Schema.decodeTo(OrganizationId)),
  "x-user-role": Role
})
const decodeHeaders = Schema.decodeUnknownEffect(GatewayHeaders)

const fromGateway = (headers: IncomingMessage["headers"]): Effect.Effect<Actor, BadCredentials> =>
  decodeHeaders(headers).pipe(
    Effect.map((decoded) => ({
      user: decoded["x-user-id"] ?? null,
      organization: decoded["x-organization-id"],
      role: decoded["x-user-role"]
    })),
    Effect.mapError(() => new BadCredentials())
  )
