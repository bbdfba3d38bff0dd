import { once } from "node:events"
import { createServer } from "node:http"

/** What OpenTelemetry's protocol says of a span, as JSON; the part that tests look at. */
export interface Span {
  readonly name: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: Readonly<Record<string, unknown>> }>
}

interface Metric {
  readonly name: string
  readonly unit: string
}

interface TraceRequest {
  readonly resourceSpans: ReadonlyArray<{ readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<Span> }> }>
}

interface MetricRequest {
  readonly resourceMetrics: ReadonlyArray<{
    readonly scopeMetrics: ReadonlyArray<{ readonly metrics: ReadonlyArray<Metric> }>
  }>
}

/** Where OpenTelemetry's protocol over HTTP, as JSON, is sent to: it keeps what came. */
export const otlpReceiver = async () => {
  const spans: Array<Span> = []
  const metrics = new Map<string, Metric>()
  const server = createServer(async (request, response) => {
    const text = (await request.toArray()).join("")
    if (request.url === "/v1/traces") {
      const body: TraceRequest = JSON.parse(text)
      for (const { scopeSpans } of body.resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
    }
    if (request.url === "/v1/metrics") {
      const body: MetricRequest = JSON.parse(text)
      for (const { scopeMetrics } of body.resourceMetrics) {
        for (const scope of scopeMetrics) for (const metric of scope.metrics) metrics.set(metric.name, metric)
      }
    }
    response.writeHead(200, { "content-type": "application/json" }).end("{}")
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    spans,
    metrics,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    }
  }
}
