import { createHash, timingSafeEqual } from "node:crypto"
import type { Request } from "express"

export interface User {
  readonly id: number
  readonly role: "staff" | "customer"
}

/** The shop's users, by the keys they send. A real shop has sessions; what matters is that they are its own. */
export const usersOf = (keys: ReadonlyMap<string, User>) => {
  const digests = [...keys].map(([key, user]) => ({ digest: digest(key), user }))
  return (request: Request): User | null => {
    const [scheme, key] = (request.get("authorization") ?? "").split(" ")
    if (scheme !== "Bearer" || key === undefined) return null
    const sent = digest(key)
    return digests.find((known) => timingSafeEqual(known.digest, sent))?.user ?? null
  }
}

const digest = (key: string): Buffer => createHash("sha256").update(key).digest()
