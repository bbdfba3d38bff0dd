import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Route } from "../../src/apis/DocumentedApi.ts"
import { apis } from "../../src/apis/index.ts"
import { isAuthorized } from "../../src/identity/isGuarded.ts"
import { type Belongings, belongings, MARK, newUser } from "./tenants/belongings.ts"
import { exampleOf, idsDeclared } from "./tenants/declaredIds.ts"
import { refusalOf } from "./tenants/refusals.ts"
import { isMethod, kindOf, requests, type Sound, slotsOf, titleOf, urlOf, withId } from "./tenants/requests.ts"
import { type Client, openWorld, type StoreLayer, type World } from "./world.ts"

const routes = apis.flatMap((api) => api.routes.filter(({ endpoint }) => isAuthorized(endpoint)))
const titles = routes.map((route) => [titleOf(route.method, route.path), route] as const)

type Request = (own: Belongings) => Sound

/** The requests of an endpoint: those of the table, or one with every id that it takes and its documented example. */
const requestsOf = (route: Route): ReadonlyArray<Request> => {
  const given = requests[titleOf(route.method, route.path)]
  if (given !== undefined) return given
  const { path, query } = idsDeclared(route)
  const filled = (names: ReadonlyArray<string>, own: Belongings) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const kind = kindOf(route.path, name)
        return kind === null ? [] : [[name, own[kind]]]
      })
    )
  const body = exampleOf(route)
  return [(own) => ({ params: filled(path, own), query: filled(query, own), ...(body === undefined ? {} : { body }) })]
}

const send = (client: Client, { method, path }: Route, request: Sound) => {
  if (!isMethod(method)) throw new Error(`${method} is not sent here`)
  return client.send(method, urlOf(path, request), request.body)
}

/**
 * Every endpoint with every id it takes, asked for by another organization. What the stranger asks is sound but for the
 * one id: to show that, `carriedOut` sends the same with all ids its own, which succeeds.
 */
export const tenants = (name: string, store: () => StoreLayer, { carriedOut = false } = {}): void => {
  describe(`two organizations on ${name}`, () => {
    let world: World
    let stranger: Client
    let ours: Belongings
    let theirs: Belongings
    let before: ReadonlyArray<string>

    /** All that can be read of what is ours. */
    const all = async () => {
      const answers: Array<string> = []
      for (const route of routes.filter(({ method }) => method === "GET")) {
        for (const request of requestsOf(route)) {
          const answer = await send(world.admin, route, request(ours))
          expect(answer.status, route.path).toBe(200)
          // A cursor is a place in the store's one order, which goes on whoever writes.
          answers.push(`${route.path} ${answer.text.replace(/"cursor":"[^"]*"/, "")}`)
        }
      }
      return answers
    }

    beforeAll(async () => {
      world = await openWorld(store())
      stranger = world.stranger
      ours = await belongingsOf(world.admin, MARK)
      theirs = await belongingsOf(stranger, "Stranger")
      before = await all()
    })
    afterAll(() => world.close())

    it("have ids of their own", () => {
      const ids = (own: Belongings) => Object.entries(own).filter(([, id]) => typeof id !== "object")
      expect(ids(ours).map(([kind, id]) => [kind, id === theirs[kind as keyof Belongings]])).toEqual(
        ids(ours).map(([kind]) => [kind, false])
      )
    })

    it.each(titles)("%s is of one's own only", async (_, route) => {
      const { method, path } = route
      for (const request of requestsOf(route)) {
        const own = carriedOut && method !== "GET" ? await anew(route) : theirs
        for (const slot of slotsOf(path, request(own))) {
          const answer = await send(stranger, route, withId(request(own), slot, ours[slot.kind]))
          expect(answer.status, `${slot.place} ${slot.at.join(".")}`).toBe(refusalOf(method, path, slot))
          expect(answer.text).not.toContain(MARK)
          if (answer.status === 200) expect(answer.text).toMatch(/"total":0\b|"available":false/)
        }
        if (carriedOut) {
          const answer = await send(stranger, route, request(own))
          expect(answer.status, answer.text).toBeLessThan(300)
          expect(answer.text).not.toContain(MARK)
        }
      }
    })

    it.each(titles)("%s is asked for every id that it takes", (_, route) => {
      const { path, query, body } = idsDeclared(route)
      const slots = requestsOf(route).flatMap((request) => slotsOf(route.path, request(theirs)))
      const asked = (place: string) => slots.filter((slot) => slot.place === place).map(({ at }) => at.at(-1))
      expect(asked("params")).toEqual(expect.arrayContaining([...path]))
      expect(asked("query")).toEqual(expect.arrayContaining([...query]))
      expect(asked("body")).toEqual(expect.arrayContaining([...body]))
    })

    it("change nothing of each other's", async () => {
      expect(await all()).toEqual(before)
    })

    it("may give the same names, keys and SKUs to what is theirs", async () => {
      const key = { "idempotency-key": "one key for both" }
      const product = { name: `${MARK} copied`, unit_price: 1 }
      const first = await world.admin.post("/api/v1/products", { ...product, sku: "BOTH" }, key)
      const second = await stranger.post("/api/v1/products", { ...product, sku: ours.sku }, key)
      expect([first.status, second.status]).toEqual([201, 201])
      expect(second.headers.get("idempotency-replayed")).toBeNull()

      const reserved = () => world.admin.get(`/api/v1/inventory/${ours.item}`)
      const held = await reserved()
      expect(held).toMatchObject({ json: { reserved_quantity: expect.any(Number) } })
      const { order } = ours
      expect((await stranger.post("/api/v1/inventory/commit", { order_id: order })).status).toBe(404)
      const body = { product_id: theirs.item, quantity: 1, order_id: order }
      expect((await stranger.post("/api/v1/inventory/reserve", body)).status).toBe(200)
      expect((await stranger.post("/api/v1/inventory/release", { order_id: order })).status).toBe(200)
      expect((await reserved()).text).toBe(held.text)
    })

    const anew = async (route: Route) => {
      const user = idsDeclared(route).body.includes("user_id") ? await newUser(stranger) : theirs.user
      return belongings(stranger, user, "Stranger")
    }
  })
}

/** Things of an organization, one of whose customers is the client itself. */
const belongingsOf = async (client: Client, mark: string): Promise<Belongings> => {
  const own = await belongings(client, await newUser(client), mark)
  const me = ((await client.get("/auth/me")).json as { id: number }).id
  expect((await client.put(`/customers/${own.customer}`, { user_id: me })).status).toBe(200)
  return own
}
