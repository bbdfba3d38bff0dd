import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { addressOf } from "../src/client/address.ts"

const at = "postgres://stock:secret@db.example/stock"
const read = (query: string, ssl?: boolean) => addressOf(`${at}${query}`, ssl)

describe("the URL of a database", () => {
  it.each([
    ["", { url: at, ssl: false }],
    ["?sslmode=disable", { url: at, ssl: false }],
    ["?sslmode=prefer", { url: `${at}?sslmode=prefer` }],
    ["?sslmode=allow", { url: `${at}?sslmode=prefer` }],
    ["?sslmode=require", { url: at, ssl: { rejectUnauthorized: false, checkServerIdentity: expect.any(Function) } }],
    ["?sslmode=verify-ca", { url: at, ssl: { rejectUnauthorized: true, checkServerIdentity: expect.any(Function) } }],
    ["?sslmode=verify-full", { url: at, ssl: { rejectUnauthorized: true } }],
    ["?sslmode=verify-full&sslrootcert=system", { url: at, ssl: { rejectUnauthorized: true } }],
    [
      "?sslmode=verify-full&ssl_min_protocol_version=TLSv1.2&ssl_max_protocol_version=TLSv1.3",
      { url: at, ssl: { rejectUnauthorized: true, minVersion: "TLSv1.2", maxVersion: "TLSv1.3" } }
    ],
    ["?application_name=till&connect_timeout=3", { url: `${at}?application_name=till&connect_timeout=3`, ssl: false }],
    ["?channel_binding=prefer&target_session_attrs=any&sslnegotiation=postgres", { url: at, ssl: false }]
  ])("is understood: %s", (query, address) => {
    expect(Result.getOrThrow(read(query))).toEqual(address)
  })

  it("gives way to the option `ssl`", () => {
    expect(Result.getOrThrow(read("?sslmode=disable", true))).toEqual({ url: at, ssl: true })
  })

  it.each([
    ["?sslmode=on", "sslmode"],
    ["?sslmode=", "sslmode"],
    ["?sslmode=disable&sslmode=require", "sslmode"],
    ["?sslrootcert=ca.pem", "sslrootcert"],
    ["?sslmode=prefer&sslrootcert=ca.pem", "sslrootcert"],
    ["?sslmode=verify-ca&sslrootcert=/nowhere/ca.pem", "sslrootcert"],
    ["?sslmode=require&sslrootcert=system", "sslrootcert"],
    ["?sslmode=require&sslcert=/nowhere/client.pem", "sslcert"],
    ["?sslmode=require&sslkey=/dev/null", "sslkey"],
    ["?sslmode=require&ssl_min_protocol_version=1.2", "ssl_min_protocol_version"],
    ["?sslmode=require&channel_binding=require", "channel_binding"],
    ["?sslnegotiation=direct", "sslnegotiation"],
    ["?target_session_attrs=read-write", "target_session_attrs"],
    ["?ssl=true", "ssl"],
    ["?sslMode=require", "sslMode"],
    ["?pool_size=10", "pool_size"]
  ])("is refused, and the parameter named: %s", (query, option) => {
    const refusal = Result.merge(Result.flip(read(query)))
    expect(refusal).toMatchObject({ _tag: "InvalidDatabaseUrl", option })
    expect(String(refusal)).not.toContain("secret")
  })

  it("is refused when files are named beside the option `ssl`", () => {
    expect(Result.merge(read("?sslmode=require&sslrootcert=ca.pem", true))).toMatchObject({ option: "sslrootcert" })
  })

  it.each(["stock", "mysql://stock:secret@db/stock", "postgres://one:secret@a:1,b:2/stock"])("is one: %s", (text) => {
    const refusal = Result.merge(addressOf(text, undefined))
    expect(refusal).toMatchObject({ option: "url" })
    expect(String(refusal)).not.toContain("secret")
  })
})
