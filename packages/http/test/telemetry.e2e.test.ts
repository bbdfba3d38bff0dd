import { MemoryStore } from "@stockbook/core"
import { Layer } from "effect"
import { FetchHttpClient } from "effect/http"
import * as Otlp from "effect/observability/Otlp"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { newProduct, openWorld } from "./conformance/world.ts"
import { otlpReceiver, type Span } from "./otlpReceiver.ts"

const valueOf = (span: Span | undefined, key: string) =>
  Object.values(span?.attributes.find((attribute) => attribute.key === key)?.value ?? {})[0]

describe("telemetry", () => {
  let receiver: Awaited<ReturnType<typeof otlpReceiver>>
  beforeAll(async () => {
    receiver = await otlpReceiver()
    const telemetry = Otlp.layerJson({ baseUrl: receiver.url, resource: { serviceName: "shop" } }).pipe(
      Layer.provide(FetchHttpClient.layer)
    )
    const world = await openWorld(MemoryStore.layer, { telemetry })
    const { id } = await newProduct(world.admin)
    const opening = { product_id: id, available_quantity: 5, reorder_threshold: 3 }
    expect((await world.admin.post("/api/v1/inventory", opening)).status).toBe(201)
    const reserve = (quantity: number) => world.admin.post("/api/v1/inventory/reserve", { product_id: id, quantity })
    expect((await reserve(3)).status).toBe(200)
    expect((await reserve(3)).status).toBe(400)
    // What has not been sent yet is sent at the end.
    await world.close()
  })
  afterAll(() => receiver.close())

  it("tells of each request, and within it of the commands that it waited for", () => {
    const requests = receiver.spans.filter(({ name }) => name === "POST")
    expect(requests.map((span) => valueOf(span, "http.route"))).toContain("/api/v1/inventory/reserve")
    const commands = receiver.spans.filter(({ name }) => name === "StockEngine.execute")
    expect(commands.map((span) => valueOf(span, "stockbook.command"))).toContain("Reserve")
    const reserves = commands.filter((span) => valueOf(span, "stockbook.command") === "Reserve")
    expect(reserves).toHaveLength(2)
    for (const span of reserves) {
      const ancestors = ancestorsOf(span, receiver.spans).map((each) => valueOf(each, "url.path"))
      expect(ancestors).toContain("/api/v1/inventory/reserve")
    }
  })

  it("tells of each batch", () => {
    const batches = receiver.spans.filter(({ name }) => name === "StockEngine.batch")
    expect(batches.length).toBeGreaterThan(2)
    for (const batch of batches) {
      expect(Number(valueOf(batch, "stockbook.batch.size"))).toBeGreaterThan(0)
      expect(batch.parentSpanId ?? "").toBe("")
    }
  })

  it("tells what the engine measures", () => {
    expect([...receiver.metrics.keys()]).toEqual(
      expect.arrayContaining([
        "stockbook_batch_size",
        "stockbook_commit_seconds",
        "stockbook_commands_waiting",
        "stockbook_commands_accepted",
        "stockbook_rejections",
        "stockbook_low_stock_alerts"
      ])
    )
  })
})

const ancestorsOf = (span: Span, spans: ReadonlyArray<Span>): ReadonlyArray<Span> => {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  return parent === undefined ? [] : [parent, ...ancestorsOf(parent, spans)]
}
