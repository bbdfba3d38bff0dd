import { describe, expect, it } from "vitest"
import { NOBODYS, newCustomer, newName, newSupplier, refused, type Subject, TIME, userId } from "./subject.ts"

const contact = { phone_number: "+44 20 7946 0000", email: "jane@example.com", address: "1 High Street" }
const kinds = [
  ["customers", { first_name: "Jane", last_name: "Smith" }, newCustomer, "Customer not found"],
  ["suppliers", { name: "Supplier A" }, newSupplier, "Supplier not found"]
] as const

export const partners = (at: Subject): void => {
  describe.each(kinds)("%s", (path, names, make, missing) => {
    it("are entered, read, changed and deleted by admins and staff", async () => {
      const created = await at.world.staff.post(`/${path}/`, { ...names, ...contact })
      expect(created.status).toBe(201)
      expect(created.json).toEqual({
        id: expect.any(Number),
        user_id: null,
        ...names,
        ...contact,
        created_at: TIME,
        updated_at: TIME
      })
      const { id } = created.json as { id: number }
      expect(created.headers.get("location")).toBe(`/${path}/${id}`)
      expect((await at.admin.get(`/${path}/${id}`)).json).toEqual(created.json)
      const changed = await at.world.staff.put(`/${path}/${id}`, { address: null, phone_number: "1" })
      expect(changed).toMatchObject({ status: 200, json: { ...names, address: null, phone_number: "1" } })
      expect(await at.world.staff.delete(`/${path}/${id}`)).toMatchObject({ status: 204, text: "" })
      await refused(at.admin.get(`/${path}/${id}`), 404, missing)
      await refused(at.admin.delete(`/${path}/${id}`), 404, missing)
    })

    it("are missed in the documented words, by another organization and by the other kind too", async () => {
      const { id } = await make(at.admin)
      const other = path === "customers" ? await newSupplier(at.admin) : await newCustomer(at.admin)
      for (const [client, unknown] of [
        [at.admin, NOBODYS],
        [at.admin, 0],
        [at.admin, other.id],
        [at.world.stranger, id]
      ] as const) {
        await refused(client.get(`/${path}/${unknown}`), 404, missing)
        await refused(client.put(`/${path}/${unknown}`, { address: "New" }), 404, missing)
        await refused(client.delete(`/${path}/${unknown}`), 404, missing)
      }
      expect((await at.world.stranger.get(`/${path}`)).json).toEqual([])
    })

    it("are paged and searched", async () => {
      const email = `${newName("sought").replace(" ", "")}@example.org`
      const ids = []
      for (const _ of [1, 2, 3]) ids.push((await make(at.admin, { email })).id)
      const page = async (query: string) =>
        ((await at.admin.get(`/${path}/?search=${email}${query}`)).json as Array<{ id: number }>).map(({ id }) => id)
      expect(await page("")).toEqual(ids)
      expect(await page("&skip=1&limit=1")).toEqual([ids[1]])
    })

    it("are users of their own organization, each once", async () => {
      const role = path === "customers" ? "customer" : "supplier"
      const name = newName(role).replace(" ", "-")
      const user = { email: `${name}@example.org`, username: name, password: "correct horse", role }
      const { id: user_id } = (await at.admin.post("/auth/register", user)).json as { id: number }
      expect((await at.admin.post(`/${path}`, { ...names, user_id })).json).toMatchObject({ user_id })
      const again = `User with ID (${user_id}) is a ${role} already`
      await refused(at.admin.post(`/${path}`, { ...names, user_id }), 400, again)
      const stranger = await userId(at.world.stranger)
      const unknown = "No user with the specified ID found"
      await refused(at.admin.post(`/${path}`, { ...names, user_id: stranger }), 400, unknown)
      const { id } = await make(at.admin)
      await refused(at.admin.put(`/${path}/${id}`, { user_id: NOBODYS }), 400, unknown)
    })
  })

  it("tells a customer who it is", async () => {
    await refused(at.world.supplier.get("/customers/me"), 404, "Customer not found")
    const user_id = await userId(at.world.customer)
    const { id } = await newCustomer(at.admin, { user_id })
    expect(await at.world.customer.get("/customers/me")).toMatchObject({ status: 200, json: { id, user_id } })
    expect((await at.admin.delete(`/customers/${id}`)).status).toBe(204)
    await refused(at.world.customer.get("/customers/me"), 404, "Customer not found")
  })
}
