import { createSecretKey } from "node:crypto"
import { type Actor, OrganizationId, Role, type User, UserId } from "@stockbook/core"
import { Context, Data, Effect, Layer, Schema } from "effect"
import { type JWTPayload, jwtVerify, SignJWT } from "jose"
import { ExpiringCache } from "./ExpiringCache.ts"

/** How bearer tokens are signed and for how long they are good. */
export interface TokenSettings {
  /** The HS256 key, of at least 32 bytes. Whoever knows it can be anybody. */
  readonly secret: string
  /** Who issues the tokens: `iss`. */
  readonly issuer?: string | undefined
  /** Who they are for: `aud`. Two services with one secret should differ here. */
  readonly audience?: string | undefined
  /** How long an access token is good, in seconds; 30 minutes by default. */
  readonly accessSeconds?: number | undefined
  /** How long a refresh token is good, in seconds; 7 days by default. */
  readonly refreshSeconds?: number | undefined
}

/** The token is forged, expired, of the wrong kind, or no token at all. */
export class TokenInvalid extends Data.TaggedError("TokenInvalid") {}

export interface TokenPair {
  readonly access: string
  readonly refresh: string
}

const Claims = Schema.Struct({
  sub: Schema.String.check(Schema.isPattern(/^[1-9]\d{0,15}$/)),
  org: OrganizationId,
  role: Role,
  exp: Schema.Int
})
const decodeClaims = Schema.decodeUnknownOption(Claims)
const decodeUserId = Schema.decodeUnknownOption(UserId)

const MINIMUM_SECRET_BYTES = 32
const CACHED_TOKENS = 10_000

// RFC 9068 names the first; the second keeps a refresh token from ever passing as an access token.
const TYPES = { access: "at+jwt", refresh: "rt+jwt" } as const

/** Bearer tokens: HS256 only, issuer, audience and type checked. */
export class Tokens extends Context.Service<
  Tokens,
  {
    issue(user: User): Effect.Effect<TokenPair>
    /** Who an access token speaks for. A token once verified is remembered until it expires. */
    verifyAccess(token: string): Effect.Effect<Actor, TokenInvalid>
    verifyRefresh(token: string): Effect.Effect<UserId, TokenInvalid>
  }
>()("@stockbook/http/identity/Tokens") {
  /** Throws if the secret is too short: a service that starts with one would be open to everybody. */
  static layer(settings: TokenSettings): Layer.Layer<Tokens> {
    const bytes = Buffer.from(settings.secret, "utf8")
    if (bytes.length < MINIMUM_SECRET_BYTES) {
      throw new Error(`The token secret must be at least ${MINIMUM_SECRET_BYTES} bytes long; it has ${bytes.length}`)
    }
    return Layer.succeed(Tokens, make(settings, bytes))
  }
}

const make = (settings: TokenSettings, secret: Buffer): Tokens["Service"] => {
  const key = createSecretKey(secret)
  const issuer = settings.issuer ?? "stockbook"
  const audience = settings.audience ?? "stockbook"
  const seconds = { access: settings.accessSeconds ?? 30 * 60, refresh: settings.refreshSeconds ?? 7 * 24 * 60 * 60 }
  const verified = new ExpiringCache<Actor>(CACHED_TOKENS)

  const sign = (user: User, kind: keyof typeof TYPES) =>
    Effect.promise(() =>
      new SignJWT({ org: user.organization, role: user.role })
        .setProtectedHeader({ alg: "HS256", typ: TYPES[kind] })
        .setSubject(String(user.id))
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${seconds[kind]}s`)
        .sign(key)
    )

  const verify = (token: string, kind: keyof typeof TYPES) =>
    Effect.tryPromise({
      try: () => jwtVerify(token, key, { algorithms: ["HS256"], typ: TYPES[kind], issuer, audience }),
      catch: () => new TokenInvalid()
    }).pipe(Effect.flatMap(({ payload }) => read(payload)))

  return {
    issue: (user) => Effect.all({ access: sign(user, "access"), refresh: sign(user, "refresh") }, { concurrency: 2 }),
    verifyAccess: (token) => {
      const known = verified.get(token, Date.now())
      if (known !== undefined) return Effect.succeed(known)
      return Effect.map(verify(token, "access"), ({ actor, expiresAt }) => {
        verified.set(token, actor, expiresAt)
        return actor
      })
    },
    verifyRefresh: (token) => Effect.map(verify(token, "refresh"), ({ user }) => user)
  }
}

const read = Effect.fnUntraced(function* (payload: JWTPayload) {
  const claims = decodeClaims(payload)
  if (claims._tag === "None") return yield* new TokenInvalid()
  const user = decodeUserId(Number(claims.value.sub))
  if (user._tag === "None") return yield* new TokenInvalid()
  const actor: Actor = { user: user.value, organization: claims.value.org, role: claims.value.role }
  return { actor, user: user.value, expiresAt: claims.value.exp * 1000 }
})
