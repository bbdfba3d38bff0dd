import type { RequestHandler } from "express"
import { isStreamed } from "../apis/overview/eventStream.ts"
import type { ErrorShape } from "../problems/ErrorShape.ts"
import type { Shedder } from "./Shedder.ts"

/** What a load balancer asks: turned away, it would take a busy process for a dead one. */
const ALWAYS = /^\/(?:health|ready)\/?$/

/** A stream is under way for as long as its client listens, and waits for nothing: it has a limit of its own. */
const STREAM = /^\/overview\/events\/?$/

/** Answers 503 with `Retry-After`, in the words of the API that was asked, to what the shedder does not take in. */
export const shedding =
  (shedder: Shedder, shapeAt: (url: string) => ErrorShape): RequestHandler =>
  (request, response, next) => {
    if (ALWAYS.test(request.path) || (STREAM.test(request.path) && isStreamed(request.headers.accept))) return next()
    if (!shedder.admit(performance.now())) {
      return void response
        .status(503)
        .set("Retry-After", "1")
        .json(shapeAt(request.url).problem("Too many requests are under way"))
    }
    response.once("close", () => shedder.finished(performance.now()))
    next()
  }
