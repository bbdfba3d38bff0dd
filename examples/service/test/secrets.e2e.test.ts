import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))

/** Secrets that are planted, none of which may be found in what the service says to anybody. */
const planted = {
  password: "planted-password-7Q",
  other: "planted-wrong-password-8R",
  token: "planted-jwt-secret-of-at-least-32-bytes",
  webhook: "planted-webhook-secret-of-32-bytes-ok",
  smtp: "planted-smtp-password",
  database: "planted-database-password"
}

/** As it stands, and as it is written where it has to be encoded. */
const formsOf = (secret: string): ReadonlyArray<string> => [
  secret,
  Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -1),
  Buffer.from(`\0user\0${secret}`).toString("base64").replace(/=+$/, "").slice(0, -1)
]

const expectNone = (text: string, secrets: ReadonlyArray<string> = Object.values(planted)) => {
  for (const secret of secrets) {
    for (const form of formsOf(secret)) expect(text.includes(form), `a planted secret was said: ${form}`).toBe(false)
  }
}

/** The service with all that it writes; `said` grows until it has ended. */
const run = (env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, ["--conditions=@stockbook/source", main], {
    env: { ...process.env, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"]
  })
  const output = { said: "" }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output.said += chunk
    })
  }
  return { child, output, ended: once(child, "close") }
}

const until = async (what: () => boolean): Promise<void> => {
  const end = Date.now() + 60_000
  while (!what()) {
    if (Date.now() > end) throw new Error("It did not come to that in a minute")
    await new Promise((next) => setTimeout(next, 50))
  }
}

/** A mail server that says no to whoever logs in, and repeats what it was told, as some do. */
const unfriendly = (): Server =>
  createServer((socket) => {
    socket.write("220 here\r\n")
    socket.on("data", (chunk) => {
      const line = chunk.toString().trim()
      const plain = Buffer.from(line.split(" ").at(-1) ?? "", "base64")
        .toString()
        .replaceAll("\0", " ")
      if (/^EHLO/i.test(line)) socket.write("250-here\r\n250 AUTH PLAIN\r\n")
      else if (/^AUTH/i.test(line)) socket.write(`535 no: ${line} (${plain})\r\n`)
      else socket.end("221 bye\r\n")
    })
    socket.on("error", () => socket.destroy())
  })

describe("a service with secrets", () => {
  const folder = mkdtempSync(join(tmpdir(), "stockbook-"))
  const mailServer = unfriendly()
  let service: ReturnType<typeof run>
  let origin = ""
  const answers: Array<string> = []
  /** Tokens, which are only for who logs in. */
  const tokens: Array<string> = []

  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(origin + path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) })
    })
    const text = await response.text()
    answers.push(`${JSON.stringify([...response.headers])} ${text}`)
    return { status: response.status, text }
  }

  beforeAll(async () => {
    mailServer.listen(0, "127.0.0.1")
    await once(mailServer, "listening")
    const address = mailServer.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    service = run({
      DATABASE_URL: `sqlite:${join(folder, "stock.db")}`,
      JWT_SECRET: planted.token,
      NOTIFICATION_URL: "http://127.0.0.1:9/hook",
      NOTIFICATION_SECRET: planted.webhook,
      SMTP_URL: `smtp://user:${planted.smtp}@127.0.0.1:${port}`,
      MAIL_FROM: "stock@example.org",
      LOW_STOCK_MAIL_TO: "buyer@example.org"
    })
    await until(() => /listens on/.test(service.output.said))
    origin = /listens on (\S+?),/.exec(service.output.said)?.[1] ?? ""
  })
  afterAll(async () => {
    service.child.kill("SIGKILL")
    await service.ended
    mailServer.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it("tells nobody of passwords and tokens, whatever it is sent", async () => {
    const { password, other } = planted
    const user = { email: "ada@example.org", username: "ada", password, role: "admin" }
    expect((await ask("POST", "/auth/register", user)).status).toBe(201)
    expect((await ask("POST", "/auth/register", user)).status).toBe(403)
    const logins = ["/auth/login", "/api/v1/auth/login", "/api/v1/auth/login-json", "/api/auth/login"]
    for (const path of logins)
      expect((await ask("POST", path, { email: "ada", password: other })).status).toBeLessThan(422)
    const wrong: ReadonlyArray<unknown> = [
      { email: "ada@example.org", password: { deep: password } },
      { email: "ada@example.org", password: [password] },
      { email: "ada@example.org", password: `${password}\ud800` },
      { ...user, password: `${password}${"x".repeat(200)}` },
      { email: 5, username: "x", password },
      { user: { password } },
      `{"email":"ada@example.org","password":"${password}"`,
      `{"email":"ada@example.org","password":"${password}"}}`
    ]
    for (const body of wrong) {
      for (const path of ["/auth/register", "/api/v1/auth/register", ...logins]) {
        expect((await ask("POST", path, body)).status).toBeGreaterThanOrEqual(400)
      }
    }
    const form = `username=ada&password=${other}`
    await ask("POST", "/auth/login", form, { "content-type": "application/x-www-form-urlencoded" })
    await ask("GET", `/health?password=${password}`)
    await ask("GET", "/auth/me", undefined, {
      authorization: `Basic ${Buffer.from(`ada:${password}`).toString("base64")}`
    })
    const { text } = await ask("POST", "/auth/login", { email: "ada", password })
    answers.pop()
    const { access_token, refresh_token } = JSON.parse(text)
    tokens.push(access_token, refresh_token)
    const bearer = { authorization: `Bearer ${access_token}` }
    expect((await ask("GET", `/auth/me?access_token=${access_token}`, undefined, bearer)).status).toBe(200)
    await ask("GET", "/auth/me", undefined, { authorization: `Bearer ${refresh_token}` })
    await ask("POST", "/auth/refresh", { refresh_token: access_token })
    await ask("POST", "/auth/refresh", { refresh_token: { is: refresh_token } })
    await ask("POST", "/auth/refresh", { refresh_token: [refresh_token] })

    const made = await ask("POST", "/api/v1/products", { name: "Lamp", sku: "L", unit_price: 1 }, bearer)
    const record = { product_id: JSON.parse(made.text).id, available_quantity: 5, reorder_threshold: 3 }
    await ask("POST", "/api/v1/inventory", record, bearer)
    await ask("POST", "/api/v1/inventory/adjust", { product_id: "L", quantity_change: -4, reason: "sold" }, bearer)
    await until(() => /"channel":"email"/.test(service.output.said) && /"channel":"webhook"/.test(service.output.said))
    expectNone(`${answers.join("\n")}\n${service.output.said}`, [...Object.values(planted), ...tokens])
  })
})

describe("a service that does not start", () => {
  const database = `postgres://user:${planted.database}@127.0.0.1:1/stock`

  // What settings of the environment are refused for is said in `settings.test.ts`.
  it.each([
    ["cannot reach its database", database],
    ["has a parameter that there is not", `${database}?sslmode=odd`]
  ])("as it %s says so without its password", async (_, url) => {
    const { output, ended } = run({ DATABASE_URL: url, JWT_SECRET: planted.token })
    const [code] = await ended
    expect(code).toBe(3)
    expect(output.said).not.toBe("")
    expectNone(output.said)
  })
})
