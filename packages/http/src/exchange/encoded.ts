import { promisify } from "node:util"
import { brotliCompress, constants, deflate, gzip } from "node:zlib"
import compression from "compression"
import { Effect } from "effect"
import { HttpBody, type HttpServerRequest, HttpServerResponse } from "effect/http"
import type { Request, RequestHandler } from "express"

type Response = HttpServerResponse.HttpServerResponse

/** Answers smaller than this, in bytes, are sent as they are: compressing them costs more than it saves. */
const WORTH_COMPRESSING = 2048

/** Compresses large answers of Express's own handlers. */
export const compressed: RequestHandler = compression({ threshold: WORTH_COMPRESSING })

const brotli = promisify(brotliCompress)

/** A level for what is made for one answer; the best takes many times as long. */
const forNow = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

const encoders = new Map<string | false, (body: string | Uint8Array) => Promise<Uint8Array>>([
  ["br", (body) => brotli(body, forNow)],
  ["gzip", promisify(gzip)],
  ["deflate", promisify(deflate)]
])

/**
 * An answer to a read, if it is large, in the coding that its client likes best. Only reads answer at length.
 *
 * Not by `compression`: the functions that it sets on each response are made to last, and so is everything about the
 * request, until all of the memory is gone through; that stops the process several milliseconds at a time.
 */
export const encoded = (response: Response, request: HttpServerRequest.HttpServerRequest): Effect.Effect<Response> => {
  const { body } = response
  if (request.method !== "GET" || body._tag !== "Uint8Array" || body.contentLength < WORTH_COMPRESSING) {
    return Effect.succeed(response)
  }
  const coding = (request.source as Request).acceptsEncodings(codings)
  const encode = encoders.get(coding)
  if (coding === false || encode === undefined) return Effect.succeed(response)
  return Effect.map(
    Effect.promise(() => encode(body.text ?? body.body)),
    (bytes) =>
      HttpServerResponse.setHeader(
        HttpServerResponse.setBody(response, HttpBody.uint8Array(bytes, body.contentType)),
        "content-encoding",
        coding
      )
  )
}

const codings = [...encoders.keys(), "identity"].filter((coding) => coding !== false)
