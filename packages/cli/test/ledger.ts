// What `verify`, `rebuild` and `migrate` do on any database, each as a process of its own.
import { openStockbook as openPg } from "@stockbook/adapter-pg"
import { openStockbook as openSqlite } from "@stockbook/adapter-sqlite"
import { expect, it } from "vitest"
import { stockbook } from "./command.ts"

/** A database of a test's own. */
export interface Scene {
  readonly url: string
  /** Runs a statement as a hand in the database would. */
  readonly tamper: (statement: string) => Promise<void>
  readonly remove: () => Promise<void>
}

/** Opens the database of an address, as a program of a user's would. */
export const openAt = (url: string) =>
  url.startsWith("sqlite:") ? openSqlite({ filename: url.slice("sqlite:".length) }) : openPg({ url })

/** Two organizations, the first of which has traded. */
const trade = async (url: string) => {
  await using opened = await openAt(url)
  const acme = await opened.createOrganization("Acme")
  const { id: item } = await acme.items.create({ name: "Lamp", sku: "LAMP" })
  await acme.receive({ lines: [{ item, quantity: 10 }] })
  await acme.reserve({ lines: [{ item, quantity: 3 }] })
  const other = await opened.createOrganization("Other")
  await other.items.create({ name: "Lamp" })
  return { organization: acme.id, item }
}

export const ledgerCommands = (scene: () => Promise<Scene>): void => {
  it("finds nothing wrong, then each difference, then repairs it", async () => {
    const { url, tamper, remove } = await scene()
    try {
      const unmade = await stockbook(["verify", "--database", url])
      expect(unmade.code).toBe(3)
      expect(unmade.stderr).toMatch(/^stockbook: .*(There is no file|must be migrated).*\n$/)

      const made = await stockbook(["migrate"], { env: { DATABASE_URL: url } })
      expect(made).toMatchObject({ code: 0, stdout: "The schema was migrated from version 0 to 1\n", stderr: "" })
      const again = await stockbook(["migrate", "-d", url])
      expect(again.stdout).toBe("The schema is at version 1 already\n")

      const { organization, item } = await trade(url)
      const right = { code: 0, stdout: "2 items, 2 movements: no difference\n", stderr: "" }
      expect(await stockbook(["verify", "--database", url])).toEqual(right)
      expect((await stockbook(["rebuild", "--database", url])).stdout).toBe(
        "2 items, 2 movements: 0 repaired, no difference\n"
      )

      await tamper(`UPDATE balances SET available = 90 WHERE organization = ${organization} AND item = ${item}`)
      const wrong = await stockbook(["verify", "--database", url])
      expect(wrong.code).toBe(1)
      const lines = wrong.stdout.trimEnd().split("\n")
      expect(lines.at(-1)).toBe("2 items, 2 movements: 2 differences")
      expect(lines).toHaveLength(3)
      expect(lines[0]).toMatch(
        new RegExp(`^organization ${organization}, item ${item}: balance of .* available should be 7 and is 90$`)
      )
      expect((await stockbook(["verify", "--database", url, "-o", "Other"])).code).toBe(0)
      expect((await stockbook(["verify", "--database", url, "-o", "Acme"])).code).toBe(1)

      const repaired = await stockbook(["rebuild", "--database", url, "--organization", String(organization)])
      expect(repaired).toMatchObject({
        code: 0,
        stdout: `organization ${organization}, item ${item}: repaired\n1 items, 2 movements: 1 repaired, no difference\n`
      })
      expect(await stockbook(["verify", "--database", url])).toEqual(right)
    } finally {
      await remove()
    }
  })

  it("names the organization that is not there", async () => {
    const { url, remove } = await scene()
    try {
      await stockbook(["migrate", "--database", url])
      const { code, stderr } = await stockbook(["rebuild", "--database", url, "-o", "Nobody"])
      expect(code).toBe(2)
      expect(stderr).toBe("stockbook: --organization names no organization: there is no Nobody\n")
    } finally {
      await remove()
    }
  })
}
