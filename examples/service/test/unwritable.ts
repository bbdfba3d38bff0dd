import { type IdentityDriver, Stockbook, type Store } from "@stockbook/core"
import { type Context, Effect, Layer } from "effect"
import { expect } from "vitest"
import { start } from "../../../packages/http/test/server.ts"
import { Audit } from "../scripts/crashes/audit.ts"
import { found } from "../scripts/crashes/founding.ts"
import { kindAt, nameOf, type Past } from "../scripts/crashes/jobs.ts"

/** How a store comes not to be written to, and to be written to again, while it is open. */
export interface Fault {
  readonly begin: () => Promise<void>
  readonly end: () => Promise<void>
}

/** One caller is before each kind of command. */
const callers = 12

/** More commands than fit in the pages that are left. */
const most = 500

/**
 * Serves a store, has it fail to write, and holds what the APIs answer meanwhile against what is there: every write is
 * done or 503 with `Retry-After`, every reading goes on, and once the fault is over all that was refused is done under
 * the same keys, at the same server.
 */
export const unwritable = async (store: Context.Context<Store | IdentityDriver>, fault: Fault): Promise<void> => {
  const shared = Layer.succeedContext(store)
  const server = await start({ options: { store: shared, registration: { setting: "organizations" } } })
  try {
    const world = await found(server.url, "ada", callers)
    const audit = new Audit(world)
    const answers = world.callers.map(() => new Map<number, string>())
    const steps = world.callers.map(() => 0)
    const authorization = `Bearer ${world.token}`

    const ask = async (caller: number): Promise<number> => {
      const step = steps[caller] ?? 0
      const name = nameOf(caller, step)
      const place = world.callers[caller]
      if (place === undefined) throw new Error(`There is no caller ${caller}`)
      const past: Past = {
        name: (ago) => nameOf(caller, step - ago),
        id: (ago) => Number(JSON.parse(answers[caller]?.get(step - ago) ?? "{}").id)
      }
      const { method, path, body } = kindAt(step).request(world, place, name, past)
      const { status, text, headers } = await server.send(path, {
        method,
        headers: { authorization, "content-type": "application/json", "idempotency-key": name },
        body: JSON.stringify(body)
      })
      if (status < 300) {
        answers[caller]?.set(step, text)
        steps[caller] = step + 1
        expect(audit.hear([{ said: "answered", name, status, text }])).toEqual([])
      } else {
        expect(headers.get("retry-after"), name).toBe("1")
        expect(text).not.toMatch(/disk|full|read-?only|SQL|transaction/i)
        expect(audit.hear([{ said: "refused", name, status, text }])).toEqual([])
      }
      return status
    }

    const inStore = <A, E>(program: Effect.Effect<A, E, Stockbook.Stockbook>) =>
      Effect.runPromise(Effect.provide(program, Stockbook.layer().pipe(Layer.provide(shared)), { local: true }))
    const nothingWrong = async () => {
      expect(await inStore(audit.inStore())).toEqual([])
      expect(await inStore(audit.verify())).toEqual([])
    }

    const numbers = world.callers.map((_, caller) => caller)
    for (const caller of numbers) for (let step = 0; step < caller; step++) expect(await ask(caller)).toBeLessThan(300)

    await fault.begin()
    for (const caller of numbers) {
      let asked = 0
      while ((await ask(caller)) < 300) expect(++asked, `caller ${caller} is never refused`).toBeLessThan(most)
    }
    const form = { name: "Another", sku: "ANOTHER", unit_price: 1, description: "x".repeat(2000) }
    const create = (sku: string) =>
      server.post("/api/v1/products/", { ...form, name: sku, sku }, { authorization, "idempotency-key": sku })
    let made = 0
    while ((await create(`NEW-${made}`)).status < 300) expect(++made).toBeLessThan(most)
    expect(await create(`NEW-${made}`)).toMatchObject({ status: 503, json: { detail: "The store is not available" } })

    const [own] = world.callers
    for (const path of [
      `/inventory/${own?.product}`,
      `/api/inventory/${own?.product}/stock/balance`,
      `/api/v1/inventory/check?product_id=${own?.product}&quantity=1`,
      `/api/v1/products/${own?.product}`,
      "/api/v1/stock-transfers/",
      "/stocks/",
      "/health"
    ]) {
      expect((await server.get(path, { authorization })).status, path).toBe(200)
    }
    const login = { email: "ada@example.com", password: "correct horse" }
    expect((await server.post("/api/auth/login", login)).status).toBe(200)
    await nothingWrong()

    await fault.end()
    for (const caller of numbers) {
      // What it was refused is what it asks first.
      for (let n = 0; n < 3; n++) {
        await expect.poll(() => ask(caller), { timeout: 15_000, message: nameOf(caller, n) }).toBeLessThan(300)
      }
    }
    expect((await create(`NEW-${made}`)).status).toBe(201)
    await nothingWrong()
    expect(server.log.filter((entry) => entry.event === "fault" && entry.requestId !== null)).toEqual([])
  } finally {
    await server.close()
  }
}
