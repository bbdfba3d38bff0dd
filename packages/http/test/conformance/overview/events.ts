import { MemoryStore } from "@stockbook/core"
import { describe, expect, it } from "vitest"
import { closeServer } from "../../../src/index.ts"
import { type Client, newProduct, openWorld, type World } from "../world.ts"

interface Page {
  readonly events: ReadonlyArray<{
    readonly type: string
    readonly product_id?: number
    readonly movement?: { readonly product_id: number; readonly cause: string }
  }>
  readonly cursor: string
}

/** A stream of events as a client reads it. */
const listen = async (world: Pick<World, "server">, client: Client, headers: Record<string, string> = {}) => {
  const abort = new AbortController()
  const response = await fetch(`${world.server.url}/overview/events`, {
    headers: { ...client.headers, accept: "text/event-stream", ...headers },
    signal: abort.signal
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ""
  /** The next message. */
  const next = async (): Promise<{ readonly id: string; readonly page: Page }> => {
    while (!text.includes("\n\n")) {
      const part = await reader?.read()
      if (part?.value === undefined) throw new Error("The stream ended")
      text += part.value
    }
    const end = text.indexOf("\n\n")
    const lines = text.slice(0, end).split("\n")
    text = text.slice(end + 2)
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
    return { id: field("id") ?? "", page: JSON.parse(field("data") ?? "{}") }
  }
  return { response, next, close: () => abort.abort() }
}

/** What the overview tells of what happens. */
export const events = (world: () => World): void => {
  const receive = async (product_id: number, quantity: number, reorder_threshold = 0) => {
    const record = { product_id, available_quantity: quantity, reorder_threshold }
    expect((await world().admin.post("/api/v1/inventory", record)).status).toBe(201)
  }
  const reserve = async (product_id: number, quantity: number) => {
    expect((await world().admin.post("/api/v1/inventory/reserve", { product_id, quantity })).status).toBe(200)
  }
  const poll = async (client: Client, after?: string): Promise<Page> => {
    const answer = await client.get(`/overview/events${after === undefined ? "" : `?after=${after}`}`)
    expect(answer.status).toBe(200)
    return answer.json as Page
  }

  describe("the events", () => {
    it("are those that follow a cursor, from now on without one, and none of another organization", async () => {
      const { cursor } = await poll(world().staff)
      const elsewhere = await poll(world().stranger)
      const { id } = await newProduct(world().admin)
      await receive(id, 5, 3)
      await reserve(id, 2)
      const told = await poll(world().staff, cursor)
      const ours = told.events.filter(
        ({ type, movement, product_id }) => type === "catalogue" || (movement?.product_id ?? product_id) === id
      )
      expect(ours.map(({ type, movement }) => movement?.cause ?? type)).toEqual(
        expect.arrayContaining(["catalogue", "Reserve", "low_stock"])
      )
      expect((await poll(world().staff, told.cursor)).events).toEqual([])
      expect((await poll(world().stranger, elsewhere.cursor)).events).toEqual([])
      expect((await poll(world().stranger, cursor)).events).toEqual([])
    })

    it.each(["x", "1:2", "1:2:3:4", "-1", "%27%20OR%201%3D1"])(
      "do not follow %s, which is no cursor",
      async (after) => {
        const answer = await world().staff.get(`/overview/events?after=${after}`)
        expect(answer.status).toBe(422)
      }
    )

    it("are streamed to those who take a stream, and go on where they were left", async () => {
      const { id } = await newProduct(world().admin)
      await receive(id, 100)
      const stream = await listen(world(), world().staff)
      expect(stream.response.headers.get("content-type")).toContain("text/event-stream")
      expect(stream.response.headers.get("cache-control")).toContain("no-store")
      const opening = await stream.next()
      expect(opening.page).toEqual({ events: [], cursor: opening.id })
      await reserve(id, 7)
      const { id: cursor, page } = await stream.next()
      expect(page.events).toEqual([expect.objectContaining({ type: "movement" })])
      expect(page.events[0]?.movement).toMatchObject({ product_id: id, quantity: 7, available_after: 93 })
      stream.close()

      await reserve(id, 8)
      const again = await listen(world(), world().staff, { "last-event-id": cursor })
      await again.next()
      const missed = await again.next()
      expect(missed.page.events.map(({ movement }) => movement)).toEqual([expect.objectContaining({ quantity: 8 })])
      again.close()
    })

    it("are streamed to each user five times at most", async () => {
      const streams = []
      for (let n = 0; n < 5; n++) streams.push(await listen(world(), world().admin))
      expect(streams.map(({ response }) => response.status)).toEqual([200, 200, 200, 200, 200])
      const sixth = await listen(world(), world().admin)
      expect(sixth.response.status).toBe(429)
      expect(sixth.response.headers.get("retry-after")).toBe("1")
      for (const { close } of [...streams, sixth]) close()
      await expect
        .poll(async () => {
          const freed = await listen(world(), world().admin)
          freed.close()
          return freed.response.status
        })
        .toBe(200)
    })

    it("are streamed no longer by a server that is to be closed", async () => {
      const { server, staff } = await openWorld(MemoryStore.layer)
      const stream = await listen({ server }, staff)
      await stream.next()
      const closed = closeServer(server.server, 20_000)
      await expect(stream.next()).rejects.toThrow("The stream ended")
      await closed
      await server.close()
    })

    it("are streamed to nobody without a token, or without the role", async () => {
      expect((await listen(world(), world().nobody)).response.status).toBe(401)
      expect((await listen(world(), world().customer)).response.status).toBe(403)
    })
  })
}
