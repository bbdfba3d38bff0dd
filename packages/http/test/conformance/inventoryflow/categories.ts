import { describe, expect, it } from "vitest"
import { NOBODYS, newCategory, newName, newProduct, refused, type Subject, TIME } from "./subject.ts"

const electronics = { name: "Electronics", description: "Gadgets and electronic devices" }
const NOT_FOUND = "Category not found"
const NONE_TO_DELETE = "Category with the specified ID not found"

export const categories = (at: Subject): void => {
  describe("categories", () => {
    it("are made, read, changed and deleted as documented", async () => {
      const created = await at.admin.post("/categories/create", electronics)
      const made = { id: expect.any(Number), ...electronics, created_at: TIME, updated_at: TIME }
      expect(created).toMatchObject({ status: 201, json: made })
      const { id } = created.json as { id: number }
      expect(created.headers.get("location")).toBe(`/categories/${id}`)
      expect((await at.world.customer.get(`/categories/${id}`)).json).toEqual(created.json)
      const listed = (await at.world.customer.get("/categories/")).json
      expect(listed).toContainEqual(created.json)

      const update = { name: "Consumer Electronics", description: "Updated description for gadgets" }
      const updated = await at.admin.put(`/categories/${id}`, update)
      expect(updated).toMatchObject({ status: 200, json: { id, ...update } })
      expect((await at.admin.put(`/categories/${id}`, { description: null })).json).toMatchObject({
        name: "Consumer Electronics",
        description: null
      })

      const deleted = await at.admin.delete(`/categories/${id}`)
      expect(deleted.status).toBe(202)
      expect(deleted.json).toEqual({ detail: `Category with ID (${id}) has been deleted successfully` })
      await refused(at.admin.get(`/categories/${id}`), 404, NOT_FOUND)
      await refused(at.admin.delete(`/categories/${id}`), 404, NONE_TO_DELETE)
      expect((await at.admin.get("/categories/")).json).not.toContainEqual(expect.objectContaining({ id }))
    })

    it("are an empty list where there are none", async () => {
      expect(await at.world.stranger.get("/categories/")).toMatchObject({ status: 200, json: [] })
    })

    it("are missed in the documented words, by another organization too", async () => {
      const { id } = await newCategory(at.admin)
      for (const [client, missing] of [
        [at.admin, NOBODYS],
        [at.admin, 0],
        [at.world.stranger, id]
      ] as const) {
        await refused(client.get(`/categories/${missing}`), 404, NOT_FOUND)
        await refused(client.put(`/categories/${missing}`, electronics), 404, NOT_FOUND)
        await refused(client.delete(`/categories/${missing}`), 404, NONE_TO_DELETE)
      }
      expect((await at.admin.get(`/categories/x`)).json).toMatchObject({ detail: [{ loc: ["path", "category_id"] }] })
    })

    it("have a name of their own", async () => {
      const first = await newCategory(at.admin)
      const second = await newCategory(at.admin)
      const taken = "Category with the same name already exists"
      await refused(at.admin.post("/categories/create", { name: first.name }), 400, taken)
      await refused(at.admin.put(`/categories/${second.id}`, { name: first.name }), 400, taken)
    })

    it("are paged and searched", async () => {
      const word = newName("Searched")
      const ids = []
      for (const n of [1, 2, 3]) {
        const { json } = await at.admin.post("/categories/create", { name: `${word}-${n}` })
        ids.push((json as { id: number }).id)
      }
      const page = async (query: string) =>
        (
          (await at.admin.get(`/categories?search=${encodeURIComponent(word)}${query}`)).json as Array<{ id: number }>
        ).map(({ id }) => id)
      expect(await page("")).toEqual(ids)
      expect(await page("&skip=1&limit=1")).toEqual([ids[1]])
      expect((await at.admin.get("/categories?limit=101&skip=-1")).status).toBe(422)
    })

    it("stay on the products that have them", async () => {
      const product = await newProduct(at.admin)
      const { json } = await at.admin.get(`/products/${product.id}`)
      const { category_id } = json as { category_id: number }
      expect((await at.admin.delete(`/categories/${category_id}`)).status).toBe(202)
      expect((await at.admin.get(`/products/${product.id}`)).json).toEqual(json)
      const another = { name: newName("Late"), category_id }
      await refused(at.admin.post("/products/create", another), 400, "No category with the specified ID found")
    })
  })
}
