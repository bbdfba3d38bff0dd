import { once } from "node:events"
import { createServer } from "node:http"
import { afterAll, describe, expect, it } from "vitest"
import { RunningService } from "./runningService.ts"

describe("the service's telemetry", () => {
  const service = new RunningService()
  afterAll(() => service.remove())

  it("goes where OpenTelemetry's own variables say", async () => {
    const came = new Map<string, string>()
    const receiver = createServer(async (request, response) => {
      // Names are plain text in Protobuf too.
      const text = Buffer.concat(await request.toArray()).toString("latin1")
      came.set(request.url ?? "", (came.get(request.url ?? "") ?? "") + text)
      response.end()
    }).listen(0, "127.0.0.1")
    await once(receiver, "listening")
    const address = receiver.address()
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/collect`
    await service.start({ OTEL_EXPORTER_OTLP_ENDPOINT: url })
    await service.found()
    const { body } = await service.post("/api/v1/products/", { name: "Lamp", sku: "LAMP", unit_price: "1.00" })
    await service.post("/api/v1/inventory", { product_id: body["id"], available_quantity: 1, reorder_threshold: 0 })
    expect(await service.stop("SIGTERM")).toBe(0)
    expect(came.get("/collect/v1/traces")).toContain("StockEngine.execute")
    expect(came.get("/collect/v1/traces")).toContain("stockbook")
    expect(came.get("/collect/v1/metrics")).toContain("stockbook_commands_accepted")
    receiver.closeAllConnections()
    receiver.close()
  })
})
