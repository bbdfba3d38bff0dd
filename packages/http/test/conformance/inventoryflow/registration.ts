import { describe, expect, it } from "vitest"
import type { StockbookOptions } from "../../../src/index.ts"
import { start } from "../../server.ts"
import type { StoreLayer } from "../world.ts"
import { newName } from "./subject.ts"

// Defects seen: anyone could register as admin.
export const registration = (store: () => StoreLayer): void => {
  describe("registration", () => {
    it.each(["customers", "open"] as const)(
      "makes nobody an admin who asks for it, where it is for %s",
      async (setting) => {
        const options = { store: store(), registration: { setting } } as Partial<StockbookOptions>
        const server = await start({ options })
        try {
          const register = (role: string) => {
            const username = newName("anyone").replace(" ", "-")
            return server.post("/auth/register", {
              username,
              email: `${username}@example.org`,
              password: "correct horse",
              role
            })
          }
          expect(await register("admin")).toMatchObject({ status: 201, json: { role: "admin" } })
          expect(await register("admin")).toMatchObject({ status: 403, json: { detail: "Operation not permitted" } })
          expect(await register("customer")).toMatchObject({ status: 201, json: { role: "customer" } })
        } finally {
          await server.close()
        }
      }
    )
  })
}
