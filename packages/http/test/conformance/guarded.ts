import type { Ability } from "@stockbook/core"
import { describe, expect, it } from "vitest"
import { type Client, type Endpoint, title, type World } from "./world.ts"

/** How an API words what all of them owe. */
export interface Words {
  readonly forbidden: object
  /** No token. */
  readonly none: object
  /** A bad one. */
  readonly bad: object
  /** The fields that a 422 complains of, as the tables have them. */
  readonly fields: (json: unknown) => ReadonlyArray<string>
  /** What the body as a whole, and the header of a key, are called there. */
  readonly body: string
  readonly key: string
}

const DETAIL: Words = {
  forbidden: { detail: "Operation not permitted" },
  none: { detail: "Not authenticated" },
  bad: { detail: "Could not validate credentials" },
  fields: (json) =>
    (json as { detail: Array<{ loc: ReadonlyArray<string | number> }> }).detail.map(({ loc }) => loc.join(".")),
  body: "body",
  key: "header.Idempotency-Key"
}

const roles = ["staff", "customer", "supplier"] as const

/** Who is refused what, written down once more: a test that asked the code would agree with anything. */
export const mayNot = (ability: Ability): ReadonlyArray<(typeof roles)[number]> => {
  switch (ability) {
    case "own orders":
    case "read catalogue":
      return []
    case "read stock":
      return ["supplier"]
    case "administer":
    case "manage users":
      return roles
    default:
      return ["customer", "supplier"]
  }
}

/** What every endpoint owes: 401 without a token, 403 by role, 422 for what does not fit, a slash more or less. */
export const guarded = (world: () => World, endpoints: ReadonlyArray<Endpoint>, words: Words = DETAIL): void => {
  describe.each(endpoints.map((endpoint) => [title(endpoint), endpoint] as const))("%s", (_, endpoint) => {
    const { method, path, body, ability, missing = 404, malformed } = endpoint
    const ask = (client: Client, headers?: Record<string, string>) => client.send(method, path, body, headers)

    it("wants a token, and a good one, before it looks at anything else", async () => {
      const none = await world().nobody.send(method, path, body === undefined ? undefined : "{")
      expect(none).toMatchObject({ status: 401, json: words.none })
      expect(none.headers.get("www-authenticate")).toBe("Bearer")
      const bad = await ask(world().nobody, { authorization: "Bearer x.y.z" })
      expect(bad).toMatchObject({ status: 401, json: words.bad })
    })

    it(`asks for the ability to ${ability}`, async () => {
      for (const role of ["admin", ...roles] as const) {
        const answer = await ask(world()[role])
        const refused = role !== "admin" && mayNot(ability).includes(role)
        if (refused) expect(answer).toMatchObject({ status: 403, json: words.forbidden })
        else if (ability !== "own orders") expect(answer.status).not.toBe(403)
      }
    })

    it("says so before it looks at what was sent", async () => {
      const bodies = body === undefined ? [undefined] : ["{", "[]", malformed?.[0] ?? {}]
      for (const role of mayNot(ability)) {
        for (const wrong of bodies) {
          const headers = { "idempotency-key": "x".repeat(201) }
          const answer = await world()[role].send(method, path.replace("9999", "no-number"), wrong, headers)
          expect(answer).toMatchObject({ status: 403, json: words.forbidden })
        }
      }
    })

    it("is found with a slash at the end and without", async () => {
      const [bare = "", query] = path.split("?")
      const other = bare.endsWith("/") ? bare.slice(0, -1) : `${bare}/`
      const answer = await world().nobody.send(method, query === undefined ? other : `${other}?${query}`, body)
      expect(answer.status).toBe(401)
    })

    if (method === "GET") {
      it("names what it answers, and spares a client what it has", async () => {
        const read = await ask(world().admin)
        if (read.status !== 200) return expect(read.status).toBe(missing)
        const etag = read.headers.get("etag") ?? ""
        expect(etag).toMatch(/^"[^"]+"$/)
        expect(await ask(world().admin, { "if-none-match": etag })).toMatchObject({ status: 304, text: "" })
      })
    } else {
      it("takes an Idempotency-Key that is one", async () => {
        const answer = await ask(world().admin, { "idempotency-key": "x".repeat(201) })
        expect(answer.status).toBe(422)
        expect(words.fields(answer.json)).toContain(words.key)
        // The answer is the same whether or not the first one was kept.
        const key = { "idempotency-key": `guarded ${title(endpoint)}` }
        const first = await ask(world().admin, key)
        expect(await ask(world().admin, key)).toMatchObject({ status: first.status, text: first.text })
      })
    }

    if (method === "PUT" || method === "PATCH" || method === "DELETE") {
      it("does nothing for a client that has seen something else", async () => {
        const answer = await ask(world().admin, { "if-match": '"something else"' })
        expect([missing, 412]).toContain(answer.status)
      })
    }

    if (body !== undefined) {
      it.each([
        ["no JSON", "{"],
        ["nothing", ""],
        ["a list", "[]"]
      ])("refuses %s for a body", async (_, text) => {
        const answer = await world().admin.send(method, path, text)
        expect(answer.status).toBe(422)
        expect(words.fields(answer.json)).toEqual([words.body])
      })
    }

    if (malformed !== undefined) {
      it("reports each field that does not fit", async () => {
        const [wrong, fields] = malformed
        const answer = await world().admin.send(method, path, wrong)
        expect(answer.status).toBe(422)
        expect(words.fields(answer.json)).toEqual(fields)
      })
    }
  })
}
