import { promisify } from "node:util"
import { brotliDecompress, gunzip, inflate } from "node:zlib"
import { ByteSize, Data, Effect } from "effect"
import { HttpIncomingMessage, HttpServerError, type HttpServerRequest } from "effect/http"

/** The body is compressed in a way that is not read here. */
export class UnsupportedCoding extends Data.TaggedError("UnsupportedCoding") {}

const decoders = new Map([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
  ["br", promisify(brotliDecompress)]
])

/** The codings a client may use, for `Accept-Encoding` of an answer that refuses another. */
export const codings = "gzip, deflate, br"

/** How the body is compressed; `null` for one that is not. */
export const codingOf = ({ headers }: HttpServerRequest.HttpServerRequest): string | null => {
  const coding = headers["content-encoding"]?.trim().toLowerCase() ?? ""
  return coding === "" || coding === "identity" ? null : coding
}

/** The body as it was before it was compressed: within the limit for bodies, or it is too large. */
export const inflated = (
  request: HttpServerRequest.HttpServerRequest,
  coding: string
): Effect.Effect<Buffer, HttpServerError.HttpServerError> =>
  Effect.gen(function* () {
    const decode = decoders.get(coding)
    if (decode === undefined) return yield* Effect.die(new UnsupportedCoding())
    const limit = yield* HttpIncomingMessage.MaxBodySize
    const maxOutputLength = limit === undefined ? undefined : ByteSize.toNumberUnsafe(limit)
    const bytes = yield* request.arrayBuffer
    return yield* Effect.tryPromise({
      try: () => decode(bytes, { maxOutputLength }),
      catch: (cause) =>
        new HttpServerError.HttpServerError({
          reason: new HttpServerError.RequestParseError({
            request,
            reason: isTooLarge(cause) ? "BodyTooLarge" : "Parse",
            cause
          })
        })
    })
  })

const isTooLarge = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE"
