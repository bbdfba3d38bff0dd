import { expect, it } from "vitest"
import { clerkOf, dismiss } from "../../adapter-pg/test/support/fenced.ts"
import { stockbook } from "./command.ts"
import { postgres } from "./postgres.ts"

it("a Postgres database with row-level security is used as a role that it holds for, and as no other", async () => {
  const at = await postgres()
  const migrated = await stockbook(["migrate", "--row-level-security", "-d", at.url])
  expect(migrated).toMatchObject({
    code: 0,
    stdout:
      "The schema was migrated from version 0 to 1\nThe database keeps organizations apart by row-level security\n"
  })
  const clerk = await clerkOf(at.url)
  try {
    const seeded = await stockbook(["seed", "-d", clerk.url])
    expect(seeded.stdout + seeded.stderr).toBe("Organization 1 (Demo): 12 items, 48 movements\n")
    const verified = await stockbook(["verify", "-d", clerk.url])
    expect(verified).toMatchObject({ code: 0, stdout: "12 items, 48 movements: no difference\n" })
    const refused = await stockbook(["verify", "-d", at.url])
    expect(refused.code).toBe(3)
    expect(refused.stderr).toContain("stockbook: Row-level security does not hold for a superuser (")
  } finally {
    await dismiss(at.url, clerk)
    await at.remove()
  }
})
