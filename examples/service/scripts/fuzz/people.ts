import type { Players } from "./attempts.ts"
import type { Received, sender } from "./sending.ts"

type Send = ReturnType<typeof sender>["send"]

const PASSWORD = "correct horse"

/** An organization that the fuzzer has no token of. */
interface Bystander {
  /** All that its lists show. */
  readonly all: () => Promise<string>
  /** Whether it can still make, stock and sell a product. */
  readonly works: () => Promise<boolean>
}

/** Registers a user of each role in one organization, and another organization that has something to lose. */
export const found = async (send: Send): Promise<{ readonly players: Players; readonly bystander: Bystander }> => {
  const ask = async (method: string, url: string, body: object | null, user = ""): Promise<Received> => {
    const answer = await send({
      method,
      url,
      headers: [["content-type", "application/json"], ...(user === "" ? [] : [["authorization", user] as const])],
      body: body === null ? null : Buffer.from(JSON.stringify(body))
    })
    if (answer === null) throw new Error(`No answer to ${method} ${url}`)
    return answer
  }
  const join = async (name: string, role: string, by = "") => {
    const user = { email: `${name}@example.org`, username: name, password: PASSWORD, role }
    await ask("POST", "/auth/register", user, by)
    const { text } = await ask("POST", "/auth/login", { email: user.email, password: PASSWORD })
    return `Bearer ${JSON.parse(text).access_token}`
  }
  const admin = await join("fuzz-admin", "admin")
  const others = [await join("fuzz-staff", "staff", admin), await join("fuzz-customer", "customer", admin)]
  const supplier = await join("fuzz-supplier", "supplier", admin)
  const owner = await join("bystander", "admin")

  const stocked = async (sku: string): Promise<Received> => {
    const { text } = await ask("POST", "/api/v1/products", { name: sku, sku, unit_price: 5 }, owner)
    const record = { product_id: JSON.parse(text).id, available_quantity: 10, reorder_threshold: 2 }
    await ask("POST", "/api/v1/inventory", record, owner)
    return ask("POST", "/api/v1/inventory/reserve", { product_id: sku, quantity: 3 }, owner)
  }
  await stocked("SAFE-1")
  const lists = ["/inventory", "/api/v1/inventory", "/api/v1/products", "/api/inventories", "/api/v1/stock-movements"]
  return {
    players: { users: [admin, ...others, supplier] },
    bystander: {
      all: async () => {
        const texts: Array<string> = []
        for (const list of lists) texts.push((await ask("GET", list, null, owner)).text)
        return texts.join("\n")
      },
      works: async () => {
        const { status, text } = await stocked("SAFE-2")
        return status === 200 && JSON.parse(text).available_quantity === 7
      }
    }
  }
}
