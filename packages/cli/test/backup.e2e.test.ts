// The restore drill of docs/how-to/backup-and-restore.md, on SQLite.
import { copyFileSync, existsSync, readdirSync } from "node:fs"
import { openStockbook } from "@stockbook/adapter-sqlite"
import { afterAll, describe, expect, it } from "vitest"
import { folder, stockbook } from "./command.ts"

describe("backing up a SQLite database", () => {
  const { path, file, remove } = folder()
  afterAll(remove)

  it("copies a demo shop while it trades, and what is restored is right", async () => {
    const database = `sqlite:${file("stock.db")}`
    const seeded = await stockbook(["seed", "--name", "Shop", "-d", database])
    expect(seeded).toMatchObject({ code: 0, stdout: "Organization 1 (Shop): 12 items, 48 movements\n", stderr: "" })

    await using opened = await openStockbook({ filename: file("stock.db") })
    const shop = opened.organization(1)
    const item = (await shop.items.bySku("DEMO-001"))?.id ?? 0
    const before = await shop.countMovements()
    let trading = true
    const trade = (async () => {
      while (trading) await shop.receive({ lines: [{ item, quantity: 1 }] })
    })()
    const copied = await stockbook(["backup", file("copy.db"), "-d", database])
    trading = false
    await trade
    expect(copied.stderr).toBe("")
    expect(copied.stdout).toMatch(/stock\.db: \d+ pages copied to .*copy\.db\n$/)
    expect(existsSync(file("copy.db.partial"))).toBe(false)
    const after = await shop.countMovements()
    await opened.close()

    copyFileSync(file("copy.db"), file("restored.db"))
    const verified = await stockbook(["verify", "-d", `sqlite:${file("restored.db")}`])
    expect(verified).toMatchObject({ code: 0, stderr: "" })
    await using restored = await openStockbook({ filename: file("restored.db") })
    const kept = await restored.organization(1).countMovements()
    expect(kept).toBeGreaterThanOrEqual(before)
    expect(kept).toBeLessThanOrEqual(after)
    await restored.organization(1).receive({ lines: [{ item, quantity: 1 }] })
    expect((await restored.verify()).differences).toEqual([])
  })

  it("writes over nothing, and leaves nothing half written", async () => {
    const there = await stockbook(["backup", file("copy.db"), "-d", `sqlite:${file("stock.db")}`])
    expect(there).toMatchObject({ code: 3, stderr: `stockbook: There is a file ${file("copy.db")} already\n` })
    const nowhere = await stockbook(["backup", file("no/folder.db"), "-d", `sqlite:${file("stock.db")}`])
    expect(nowhere.code).toBe(3)
    const none = await stockbook(["backup", file("new.db"), "-d", `sqlite:${file("none.db")}`])
    expect(none).toMatchObject({ code: 3, stderr: `stockbook: There is no file ${file("none.db")}\n` })
    expect(readdirSync(path).filter((name) => /partial|new|none/.test(name))).toEqual([])
  })
})
