// What `import` and `export` do on any database, each as a process of its own.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import { folder, stockbook } from "./command.ts"
import { openAt, type Scene } from "./ledger.ts"

const items = `SKU,name,Unit Price,category,low_stock_threshold
LAMP,"Lamp, with a
long name",12.5,Light,3
BULB,Bulb,799.995,Light,
,Nameless,1,,
CORD,Cord,2,,many
LAMP,Lamp,13.00,Light,3
`

const stock = `sku,location,quantity,reference
LAMP,,10,count-1
LAMP,Secondary Warehouse,5,count-1
LAMP,,10,count-1
BULB,,4,
CORD,Nowhere,4,
NONE,,1,
CORD,,0,
CORD,,7,,
`

export const transferCommands = (scene: () => Promise<Scene>): void => {
  const { file, remove } = folder()
  let at: Scene
  let url = ""
  beforeAll(async () => {
    at = await scene()
    url = at.url
    await using opened = await openAt(url)
    await opened.createOrganization("Acme")
  })
  afterAll(async () => {
    await at.remove()
    remove()
  })
  const run = (args: ReadonlyArray<string>, input?: string) =>
    stockbook([...args, "--database", url], input === undefined ? {} : { input })
  const verified = async () => expect((await run(["verify"])).code).toBe(0)

  it("brings in items, names what is refused, and does nothing twice", async () => {
    writeFileSync(file("items.csv"), items)
    const dry = await run(["import", "items", file("items.csv"), "--dry-run"])
    expect(dry.code).toBe(1)
    expect(dry.stdout.trimEnd().split("\n")).toEqual([
      "line 4, unitPrice: Expected an amount, such as 12.5 or 999.99",
      "line 5, sku: Is required",
      "line 6, lowStockThreshold: Expected a whole number",
      "Dry run, nothing was written: Acme: items: 2 created, 3 refused"
    ])
    expect(existsSync(file("items.csv.refused.csv"))).toBe(false)

    const first = await run(["import", "items", file("items.csv")])
    expect(first).toMatchObject({ code: 1, stderr: "" })
    expect(first.stdout).toBe(
      `Acme: items: 1 created, 1 changed, 3 refused; why is in ${file("items.csv.refused.csv")}\n`
    )
    const refused = readFileSync(file("items.csv.refused.csv"), "utf8").trimEnd().split("\n")
    expect(refused).toHaveLength(4)
    expect(refused[0]).toBe("line,field,reason,row")
    expect(refused[1]).toMatch(/^4,unitPrice,/)
    expect(refused[2]).toBe('5,sku,Is required,"["""",""Nameless"",""1"","""",""""]"')

    const mended = items.replace("799.995", "799.99").replace("many", "5").replace(",Nameless,1,,\n", "")
    const lines = mended.replace(/LAMP,Lamp,13.*\n/, "").replace("12.5", "13.00")
    const second = await run(["import", "items", "-", "--format", "csv"], lines)
    expect(second).toMatchObject({ code: 0, stdout: "Acme: items: 2 created, 1 changed\n" })
    const third = await run(["import", "items", "-", "--format", "csv"], lines)
    expect(third).toMatchObject({ code: 0, stdout: "Acme: items: 3 unchanged\n" })
  })

  it("brings in opening stock, each row once however often it is asked for", async () => {
    writeFileSync(file("stock.csv"), stock)
    const first = await run(["import", "stock", file("stock.csv"), "--refused", file("wrong.csv")])
    expect(first.stdout).toBe(`Acme: stock: 3 recorded, 1 recorded before, 4 refused; why is in ${file("wrong.csv")}\n`)
    expect(first.code).toBe(1)
    expect(
      readFileSync(file("wrong.csv"), "utf8")
        .split("\n")
        .slice(1, -1)
        .map((line) => line.split(",").slice(0, 2).join())
        .toSorted()
    ).toEqual(["6,location", "7,sku", "8,quantity", "9,row"])
    const again = await run(["import", "stock", file("stock.csv"), "--refused", file("wrong.csv")])
    expect(again.stdout).toContain("4 recorded before, 4 refused")
    await verified()
  })

  it("carries out movements in the order of the file", async () => {
    const rows = [
      { type: "issue", sku: "CORD", quantity: 1 },
      { type: "receive", sku: "CORD", quantity: 20, unitCost: "1.25", reference: "po-7", effectiveAt: "2026-01-31" },
      { type: "issue", sku: "CORD", quantity: 8, reference: "order-1" },
      { type: "adjust", sku: "CORD", quantity: -2, reason: "BROKEN" },
      { type: "send", sku: "CORD", quantity: 1 },
      { type: "issue", sku: "CORD", quantity: 1, colour: "red" },
      ["no object"]
    ]
    writeFileSync(file("movements.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""))
    const { code, stdout } = await run(["import", "movements", file("movements.jsonl")])
    expect(stdout).toContain("3 recorded, 4 refused")
    expect(code).toBe(1)
    const refused = readFileSync(file("movements.jsonl.refused.csv"), "utf8")
    for (const line of ["\n1,quantity,", "\n5,type,", "\n6,colour,", "\n7,row,"]) expect(refused).toContain(line)
    await verified()
  })

  it("writes what can be brought in again", async () => {
    const exported = await run(["export", "items"])
    expect(exported.stdout.split("\n")).toHaveLength(6)
    expect(exported.stdout).toContain('LAMP,"Lamp, with a\nlong name"')
    const again = await run(["import", "items", "-", "--format", "csv"], exported.stdout)
    expect(again).toMatchObject({ code: 0, stdout: "Acme: items: 3 unchanged\n" })

    expect((await run(["export", "stock", file("out.jsonl")])).stdout).toBe(
      `Acme: 4 rows of stock in ${file("out.jsonl")}\n`
    )
    const leaves = readFileSync(file("out.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(leaves.map(({ sku, location, quantity }) => [sku, location, quantity]).toSorted()).toEqual([
      ["BULB", "Main Warehouse", 4],
      ["CORD", "Main Warehouse", 10],
      ["LAMP", "Main Warehouse", 10],
      ["LAMP", "Secondary Warehouse", 5]
    ])
    const there = await run(["export", "stock", file("out.jsonl")])
    expect(there.code).toBe(3)
    expect(there.stderr).toMatch(/^stockbook: EEXIST.*\n$/)

    const ledger = await run(["export", "movements", "--format", "jsonl"])
    const movements = ledger.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(movements).toHaveLength(6)
    expect(movements.find(({ reference }) => reference === "po-7")).toMatchObject({
      sku: "CORD",
      from: "supplier",
      to: "available",
      toLocation: "Main Warehouse",
      quantity: 20,
      unitCost: "1.25",
      effectiveAt: "2026-01-31T00:00:00.000Z"
    })
  })

  it("asks which organization is meant once there are two", async () => {
    await using opened = await openAt(url)
    await opened.createOrganization("Other")
    await opened.close()
    const { code, stderr } = await run(["export", "items"])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^stockbook: --organization is required: .*Acme.*Other.*\n$/)
    expect((await run(["export", "items", "-o", "Other"])).stdout.trimEnd().split("\n")).toHaveLength(1)
  })
}
