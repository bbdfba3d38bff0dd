import type { HttpApiClient, HttpApiEndpoint, HttpApiGroup } from "effect/http-api"

/** What may be said with any call. */
export interface CallOptions {
  /** Names this request, 1–200 printable ASCII characters: sent again with the same, it is done once and answered alike. */
  readonly idempotencyKey?: string | undefined
  /** Changes only what still has this `etag`; else the call fails with 412. */
  readonly ifMatch?: string | undefined
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined
}

/** An answer with what came beside its body. */
export interface Answer<A> {
  readonly data: A
  readonly status: number
  /** Names this state of what was read, for `ifMatch`. */
  readonly etag: string | null
  /** Where to read what was made. */
  readonly location: string | null
  /** Whether this is the answer to an earlier request with the same `idempotencyKey`. */
  readonly replayed: boolean
}

type Part<Key extends string, Value> = [Value] extends [never]
  ? unknown
  : Record<never, never> extends Value
    ? { readonly [K in Key]?: Value }
    : { readonly [K in Key]: Value }

/** What an endpoint takes: `params` of its path, `query` and `payload`, as it declares them. */
type Asked<E extends HttpApiEndpoint.ConstraintRequest> = CallOptions &
  Part<"params", E["~Params"]["Type"]> &
  Part<"query", E["~Query"]["Type"]> &
  ([E["~Payload"]["Type"]] extends [never] ? unknown : { readonly payload: E["~Payload"]["Type"] })

type Arguments<E extends HttpApiEndpoint.ConstraintRequest> =
  Record<never, never> extends Asked<E> ? [request?: Asked<E>] : [request: Asked<E>]

/** An endpoint as a function. */
export interface Call<E extends HttpApiEndpoint.ConstraintRequest> {
  (...args: Arguments<E>): Promise<HttpApiClient.SuccessType<E["~Success"]>>
  /** Likewise, with what came beside the body. */
  readonly answer: (...args: Arguments<E>) => Promise<Answer<HttpApiClient.SuccessType<E["~Success"]>>>
}

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S
type NameOf<Id extends string> = Id extends `${string}.${infer Name}` ? Camel<Name> : Camel<Id>

type Calls<Endpoints> = {
  readonly [K in keyof Endpoints]: Endpoints[K] extends HttpApiEndpoint.ConstraintRequest ? Call<Endpoints[K]> : never
}

/** The groups of an API, by the last part of their names. */
export type Facade<Groups extends HttpApiGroup.Constraint> = {
  readonly [G in Groups as NameOf<HttpApiGroup.Identifier<G>>]: Calls<G["endpoints"]>
}

/** A group's name in the facade. */
export const nameOf = (id: string): string =>
  (id.split(".").at(-1) ?? id).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
