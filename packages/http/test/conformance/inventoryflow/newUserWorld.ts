import { expect } from "vitest"
import { bearer } from "../../server.ts"
import { type Client, clientOf, type World } from "../world.ts"
import { newName } from "./subject.ts"

const PASSWORD = "correct horse"

/** An organization that nobody has used, with an admin and somebody of its staff. */
export const newUserWorld = async ({ server, nobody }: World): Promise<{ admin: Client; staff: Client }> => {
  const join = async (role: string, by: Client): Promise<Client> => {
    const username = newName(role).replace(" ", "-")
    const user = { email: `${username}@example.org`, username, password: PASSWORD, role }
    expect((await by.post("/auth/register", user)).status).toBe(201)
    const { json } = await nobody.post("/auth/login", { username, password: PASSWORD })
    return clientOf(server, bearer((json as { access_token: string }).access_token))
  }
  const admin = await join("admin", nobody)
  return { admin, staff: await join("staff", admin) }
}
