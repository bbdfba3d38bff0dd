import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { NotificationSettings } from "../../src/index.ts"
import type { Running } from "../server.ts"
import { type MailBehaviour, openMailServer } from "./mailServer.ts"
import { openOffice } from "./office.ts"
import { settle, until } from "./receiver.ts"

const from = "Acme Stock <stock@acme.example>"

describe("notifications by e-mail", () => {
  let behaviours: Array<MailBehaviour>
  let server: Awaited<ReturnType<typeof openMailServer>>
  let office: Awaited<ReturnType<typeof openOffice>>
  let running: Array<Running>
  beforeEach(async () => {
    behaviours = []
    server = await openMailServer(behaviours)
    office = await openOffice()
    running = []
  })
  afterEach(async () => {
    for (const each of running) await each.close()
    await server.close()
    await office.close()
  })

  const open = async (settings: NotificationSettings = {}) => {
    const opened = await office.open({ mail: { smtp: server.url, from }, ...settings })
    running.push(opened)
    await opened.get("/ready")
    return opened
  }
  /** An order for so many units, and the customer's mail about it, in one transaction. */
  const order = async (id: string, quantity = 1, fields: Record<string, string> = {}) => {
    const { organization } = office
    const item = await office.stock()
    return office.execute({
      _tag: "Linked",
      commands: [
        { _tag: "Issue", organization, reference: id, lines: [{ item, quantity }] },
        {
          _tag: "Notify",
          organization,
          kind: "outgoing_order_placed",
          to: "ann@example.org",
          reference: id,
          data: { order_id: id, product_name: "Tea", quantity, recipient_name: "Ann", ...fields }
        }
      ]
    })
  }
  const dead = async ({ deliveries }: Running) => (await deliveries.list({ state: "dead" })).rows

  it("are sent to whom they are for, from who we are, once", async () => {
    await open()
    await order("A-1")
    const [mail, ...more] = await server.until(1)
    expect(more).toEqual([])
    expect(mail).toMatchObject({ from: "stock@acme.example", to: ["ann@example.org"] })
    expect(mail?.text).toBe(
      "Hello Ann,\n\nthank you for your order:\n\nOrder: A-1\nProduct: Tea\nQuantity: 1\n".replaceAll("\n", "\r\n")
    )
    expect(mail?.header("from")).toBe("Acme Stock <stock@acme.example>")
    expect(mail?.header("to")).toBe("ann@example.org")
    expect(mail?.header("auto-submitted")).toBe("auto-generated")
    expect(mail?.header("message-id")).toMatch(/^<outgoing_order_placed-\d+-\d+-[0-9a-z]+@acme\.example>$/)
  })

  it("have no more headers than they should, whatever their data holds", async () => {
    await open()
    const evil = "Tea\r\nBcc: all@example.org\r\n\r\nHello\r\n.\r\nMAIL FROM:<evil@example.org>"
    await order("A-1", 1, { product_name: evil, recipient_name: evil })
    const [mail] = await server.until(1)
    expect(server.taken).toHaveLength(1)
    expect(mail?.headers.map(([name]) => name).sort()).toEqual([
      "auto-submitted",
      "content-transfer-encoding",
      "content-type",
      "date",
      "from",
      "message-id",
      "mime-version",
      "subject",
      "to"
    ])
    expect(mail?.to).toEqual(["ann@example.org"])
    expect(mail?.from).toBe("stock@acme.example")
    expect(mail?.text).toContain("MAIL FROM:<evil@example.org>")
  })

  it("go to whoever a host's own template says, with HTML", async () => {
    await open({
      templates: {
        recount: ({ data }) => ({
          to: String(data["who"]),
          subject: "Zählung",
          text: "Bitte zählen.",
          html: "<p>Bitte zählen.</p>"
        })
      }
    })
    await office.execute({ _tag: "Notify", kind: "recount", to: "ann@example.org", data: { who: "bob@example.org" } })
    const [mail] = await server.until(1)
    expect(mail?.to).toEqual(["bob@example.org"])
    expect(mail?.header("subject")).toBe("=?UTF-8?Q?Z=C3=A4hlung?=")
    expect(mail?.header("content-type")).toMatch(/^multipart\/alternative/)
  })

  it("tell of low stock as well, if somebody is to be told", async () => {
    await open({ lowStockMailTo: "keeper@acme.example" })
    await office.cross(await office.stock("Green tea"))
    const [mail] = await server.until(1)
    expect(mail).toMatchObject({ to: ["keeper@acme.example"], text: expect.stringContaining("Available: 5") })
    expect(mail?.header("subject")).toBe("Low stock: Green tea")
  })

  it.each<[string, MailBehaviour, string]>([
    ["does not take the recipient yet", { recipient: 450 }, "450"],
    ["does not take the message yet", { message: 451 }, "451"],
    ["does not answer", "hang", "took longer than 300 ms"]
  ])("are sent again with the same Message-ID when the server %s", async (_, behaviour, why) => {
    behaviours.push(behaviour, "take")
    const process = await open()
    await order("A-1")
    const [mail, ...more] = await server.until(1)
    expect(more).toEqual([])
    const [failed] = process.log.filter((entry) => entry.event === "delivery")
    expect(failed).toMatchObject({ channel: "email", attempt: 1, dead: false, cause: expect.stringContaining(why) })
    expect(mail?.header("message-id")).toBe(`<${failed?.event === "delivery" ? failed.id : ""}@acme.example>`)
    expect((await process.deliveries.list({ state: "sent" })).rows).toMatchObject([{ attempts: 2 }])
  })

  it("wait for a server that goes away in the middle and comes back", async () => {
    behaviours.push("cut")
    const process = await open({ pace: { attempts: 1000 }, timeout: 2000 })
    await order("A-1")
    await until(() => process.log.filter((entry) => entry.event === "delivery").length >= 2)
    expect(server.taken).toEqual([])
    await server.comeBack()
    expect(await server.until(1)).toHaveLength(1)
  })

  it.each<[string, MailBehaviour]>([
    ["recipient", { recipient: 550 }],
    ["message", { message: 554 }]
  ])("are dead at once when the server will never take the %s", async (_, behaviour) => {
    behaviours.push(behaviour)
    const process = await open()
    await order("A-1")
    await until(async () => (await dead(process)).length > 0)
    await settle()
    expect(server.connections()).toBe(1)
    expect(await dead(process)).toMatchObject([{ channel: "email", attempts: 1, notice: { reference: "A-1" } }])
    expect(await process.deliveries.redrive({ purpose: "outgoing_order_placed" })).toBe(1)
    expect(await server.until(1)).toHaveLength(1)
  })

  it("without a template are dead, and sent when there is one", async () => {
    const process = await open()
    await office.execute({ _tag: "Notify", kind: "greeting", to: "ann@example.org" })
    await until(async () => (await dead(process)).length > 0)
    expect(await dead(process)).toMatchObject([{ lastError: "there is no template for greeting" }])
    const next = await open({
      templates: { greeting: ({ to }) => ({ to: to ?? "", subject: "Hello", text: "Hello." }) }
    })
    running.splice(0, 1)
    await process.close()
    await next.deliveries.redrive({})
    expect((await server.until(1))[0]?.header("subject")).toBe("Hello")
  })

  it("are not sent for an order that was refused", async () => {
    await open()
    await expect(order("A-1", 100)).rejects.toMatchObject({ _tag: "InsufficientStock" })
    await order("A-2")
    expect((await server.until(1)).map(({ text }) => /Order: (.*)\r/.exec(text)?.[1])).toEqual(["A-2"])
  })

  it("are sent once by several processes, and each to its own", async () => {
    // What takes too long is sent again, though it may have arrived: here nothing is to take too long.
    const patient = { timeout: 20_000 }
    await Promise.all([open(patient), open(patient), open(patient)])
    await Promise.all(Array.from({ length: 20 }, (_, n) => order(`A-${n}`)))
    const ids = (await server.until(20)).map((mail) => mail.header("message-id"))
    expect(ids).toHaveLength(20)
    expect(new Set(ids).size).toBe(20)
  })

  it("are written to the log where no server is configured, at info", async () => {
    const process = await open({ mail: undefined })
    await order("A-1")
    await until(() => process.log.some((entry) => entry.event === "mail"))
    await settle()
    expect(process.log.filter((entry) => entry.event === "mail")).toEqual([
      {
        level: "info",
        event: "mail",
        time: expect.any(String),
        id: expect.stringMatching(/^outgoing_order_placed-/),
        to: "ann@example.org",
        subject: "Your order A-1: 1 × Tea",
        text: expect.stringContaining("thank you")
      }
    ])
    expect(server.connections()).toBe(0)
  })
})

it("do not give the password to a server elsewhere that has no TLS", async () => {
  const passwords: Array<unknown> = []
  const server = await openMailServer([], {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ password, username }, _, done) => {
      passwords.push(password)
      done(null, { user: username })
    }
  })
  const office = await openOffice()
  // The same machine by an address that does not say so.
  const mail = { smtp: `smtp://stock:hidden@0.0.0.0:${server.port}`, from }
  const process = await office.open({ mail, lowStockMailTo: "keeper@acme.example" })
  await process.get("/ready")
  await office.cross(await office.stock())
  await until(async () => (await process.deliveries.list({ state: "dead" })).total > 0)
  expect(server.connections()).toBe(4)
  expect(passwords).toEqual([])
  expect(JSON.stringify(process.log)).toMatch(/STARTTLS/)
  await process.close()
  await server.close()
  await office.close()
})

it("log in where the server wants it, and never log the password", async () => {
  const passwords: Array<unknown> = []
  let right = "not yet"
  const server = await openMailServer([], {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) => {
      passwords.push(password)
      if (username === "stock" && password === right) done(null, { user: username })
      else done(Object.assign(new Error(`no such password: ${password}`), { responseCode: 535 }))
    }
  })
  const office = await openOffice()
  const smtp = `smtp://stock:${encodeURIComponent("p@ss: wörd")}@127.0.0.1:${server.port}`
  const process = await office.open({
    mail: { smtp, from },
    lowStockMailTo: "keeper@acme.example",
    pace: { attempts: 1000 }
  })
  await process.get("/ready")
  await office.cross(await office.stock())
  await until(() => process.log.some((entry) => entry.event === "delivery"))
  right = "p@ss: wörd"
  expect(await server.until(1)).toHaveLength(1)
  expect(passwords.length).toBeGreaterThan(1)
  expect(new Set(passwords)).toEqual(new Set([right]))
  const log = JSON.stringify(process.log)
  expect(log).toContain("535")
  expect(log).not.toContain(right)
  await process.close()
  await server.close()
  await office.close()
})
