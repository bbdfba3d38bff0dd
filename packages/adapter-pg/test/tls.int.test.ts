import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Store } from "@stockbook/core"
import { Effect, Layer } from "effect"
import { generate } from "selfsigned"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { PgStore } from "../src/index.ts"
import { startServer, type TestServer } from "./support/TestServer.ts"

const certificate = (name: string) =>
  generate([{ name: "commonName", value: name }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: name }] }]
  })

/** Everybody has to encrypt, and in one database to show the certificate that the server was told of. */
const rules = "hostssl template1 all all cert\nhostssl all all all trust\n"

describe("A server that only takes encrypted connections", () => {
  const folder = mkdtempSync(join(tmpdir(), "stockbook-tls-"))
  const file = (name: string) => join(folder, name)
  let server: TestServer

  beforeAll(async () => {
    const [its, another, client] = await Promise.all(["localhost", "localhost", "stockbook"].map(certificate))
    if (its === undefined || another === undefined || client === undefined) throw new Error("No certificates")
    writeFileSync(file("its.pem"), its.cert)
    writeFileSync(file("another.pem"), another.cert)
    writeFileSync(file("stockbook.pem"), client.cert)
    writeFileSync(file("stockbook.key"), client.private)
    server = await startServer(["ssl=on", "ssl_cert_file=its.crt", "ssl_key_file=its.key", "ssl_ca_file=client.crt"], {
      "its.crt": its.cert,
      "its.key": its.private,
      "client.crt": client.cert,
      "pg_hba.conf": rules
    })
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const urlOf = (parameters: Readonly<Record<string, string>>, user = "stockbook", host = "localhost") => {
    const url = new URL(`${server.url}/postgres`)
    url.hostname = host
    url.username = user
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    return url.href
  }

  /** `ready`, or what the store cannot be opened for. */
  const answer = (url: string, ssl?: PgStore.PgStoreConfig["ssl"], layer = PgStore.layer) =>
    Store.use((store) => store.ready).pipe(
      Effect.provide(Layer.fresh(layer({ url, ssl, maxConnections: 1 }))),
      Effect.match({
        onSuccess: () => "ready",
        onFailure: (error) => (error._tag === "StoreError" ? `${error.reason}: ${error.message}` : error.message)
      }),
      Effect.runPromise
    )

  it.each([
    ["disable", {}, /^unavailable: .*no encryption/],
    ["require", {}, "ready"],
    ["require", { sslrootcert: "its.pem" }, "ready"],
    ["require", { sslrootcert: "another.pem" }, /^unavailable: .*certificate/],
    ["prefer", {}, /^unavailable: .*self-signed certificate/],
    ["verify-ca", {}, /^unavailable: .*self-signed certificate/],
    ["verify-ca", { sslrootcert: "its.pem" }, "ready"],
    ["verify-ca", { sslrootcert: "another.pem" }, /^unavailable: .*certificate/],
    ["verify-full", {}, /^unavailable: .*self-signed certificate/],
    ["verify-full", { sslrootcert: "its.pem" }, "ready"],
    ["verify-full", { sslrootcert: "another.pem" }, /^unavailable: .*certificate/],
    ["verify-full", { sslrootcert: "missing.pem" }, /^sslrootcert in the database's URL: ENOENT/]
  ])("sslmode=%s %j", async (sslmode, files: { readonly sslrootcert?: string }, expected) => {
    const root = files.sslrootcert === undefined ? {} : { sslrootcert: file(files.sslrootcert) }
    expect(await answer(urlOf({ sslmode, ...root }))).toMatch(expected)
  })

  it("is whom it says it is by name, where that is asked for", async () => {
    const parameters = { sslrootcert: file("its.pem") }
    const byAddress = (sslmode: string) => answer(urlOf({ ...parameters, sslmode }, "stockbook", "127.0.0.1"))
    expect(await byAddress("verify-ca")).toBe("ready")
    expect(await byAddress("verify-full")).toMatch(/^unavailable: .*IP: 127.0.0.1 is not in the cert/)
  })

  it("takes Node's own options instead", async () => {
    expect(await answer(urlOf({ sslmode: "disable" }), { rejectUnauthorized: false })).toBe("ready")
    expect(await answer(urlOf({}), true)).toMatch(/^unavailable: .*self-signed certificate/)
  })

  it("is shown the certificate of a client that has one", async () => {
    const url = (parameters: Readonly<Record<string, string>>) =>
      urlOf({ sslmode: "require", ...parameters }).replace("/postgres?", "/template1?")
    const certified = { sslcert: file("stockbook.pem"), sslkey: file("stockbook.key") }
    expect(await answer(url(certified), undefined, PgStore.layerWithoutMigrations)).toMatch(/must be migrated/)
    expect(await answer(url({}), undefined, PgStore.layerWithoutMigrations)).toMatch(/client certificate/)
  })
})
