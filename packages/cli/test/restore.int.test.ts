// The restore drill of docs/how-to/backup-and-restore.md, on Postgres.
import { Effect } from "effect"
import { expect, it } from "vitest"
import { restore } from "../../adapter-pg/test/support/dump.ts"
import { startServer } from "../../adapter-pg/test/support/TestServer.ts"
import { stockbook } from "./command.ts"
import { postgres } from "./postgres.ts"

it("a Postgres database restored in another cluster is refused, adopted, and right", async () => {
  const at = await postgres()
  const other = await startServer()
  try {
    expect((await stockbook(["seed", "-d", at.url])).stdout).toBe("Organization 1 (Demo): 12 items, 48 movements\n")
    const restored = `${other.url}/postgres`
    await stockbook(["migrate", "-d", restored])
    await Effect.runPromise(restore(at.url, restored))

    const refused = await stockbook(["verify", "-d", restored])
    expect(refused.code).toBe(3)
    expect(refused.stderr).toContain("PgMigrations.adopt")
    const adopted = await stockbook(["migrate", "--adopt", "-d", restored])
    expect(adopted).toMatchObject({
      code: 0,
      stdout: "The database was adopted\nThe schema is at version 1 already\n"
    })
    const verified = await stockbook(["verify", "-d", restored])
    expect(verified).toMatchObject({ code: 0, stdout: "12 items, 48 movements: no difference\n" })
  } finally {
    await other.stop()
    await at.remove()
  }
})
