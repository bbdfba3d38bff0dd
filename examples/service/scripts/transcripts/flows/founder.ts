import { type Ask, post } from "../Ask.ts"

const founder = { email: "ada@example.com", password: "correct horse", full_name: "Ada Lovelace" }

/** Registers the first user, who founds the organization. */
export const found = (ask: Ask) =>
  ask("Register the first user, who founds the organization", post("/api/v1/auth/register", founder))

/** The founder's name and password, under the name an API knows the login by. */
export const credentials = (name: "username" | "email") => ({ [name]: founder.email, password: founder.password })
