import { Effect, type Fiber, Tracer } from "effect"
import type { Command } from "../stock/Command.ts"

/** Effect's own tracer tells nobody: with no other, spans would only cost time. */
const isTraced = ({ cache }: Fiber.Fiber<unknown, unknown>): boolean =>
  cache.tracerEnabled && (cache.tracer ?? Tracer.nativeTracer) !== Tracer.nativeTracer

/** A caller's wait for the answer to a command, as a span. */
export const commandSpan = <A, E, R>(
  { _tag, organization }: Command,
  answer: Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  Effect.withFiber((fiber) =>
    isTraced(fiber)
      ? Effect.withSpan(answer, "StockEngine.execute", {
          attributes: { "stockbook.command": _tag, "stockbook.organization": organization }
        })
      : answer
  )

/** A batch from being taken up until it is answered, as a span of no caller's trace: it carries many callers' commands. */
export const batchSpan = <A, E, R>(size: number, batch: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.withFiber((fiber) =>
    isTraced(fiber)
      ? Effect.withSpan(batch, "StockEngine.batch", { root: true, attributes: { "stockbook.batch.size": size } })
      : batch
  )
