import { readFileSync } from "node:fs"
import type { ConnectionOptions } from "node:tls"
import { Result } from "effect"
import { InvalidDatabaseUrl } from "./InvalidDatabaseUrl.ts"

/** A URL with what the driver understands, and how the connection is encrypted; as the URL says if that is left out. */
export interface Address {
  readonly url: string
  readonly ssl?: boolean | ConnectionOptions
}

type Checked<A> = Result.Result<A, InvalidDatabaseUrl>

/** Parameters that the driver reads out of the URL itself. */
const driversOwn = new Set([
  "host",
  "port",
  "user",
  "password",
  "dbname",
  "application_name",
  "options",
  "connect_timeout"
])

const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const

/** Parameters with files or words for Node's TLS, beside `sslmode`. */
const tlsOptions = ["sslrootcert", "sslcert", "sslkey", "sslpassword", "sslcrl"] as const
const versionOptions = ["ssl_min_protocol_version", "ssl_max_protocol_version"] as const
const versions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const

/** Parameters that may say what is done anyway, and nothing else. */
const asItIs: Readonly<Record<string, ReadonlyArray<string>>> = {
  sslnegotiation: ["postgres"],
  sslcompression: ["0"],
  sslsni: ["1"],
  channel_binding: ["disable", "prefer"],
  gssencmode: ["disable", "prefer"],
  target_session_attrs: ["any"],
  load_balance_hosts: ["disable"]
}

/**
 * Reads a database's URL. Its parameters mean what they mean to libpq
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS); one that is unknown, said twice, or
 * asks for what this driver does not do is an error that names it. `ssl`, if given, goes before the URL's `sslmode`.
 */
export const addressOf = (text: string, ssl: boolean | ConnectionOptions | undefined): Checked<Address> =>
  Result.gen(function* () {
    if (!URL.canParse(text)) return yield* wrong("url", "Expected postgres://user:password@host:port/database")
    const url = new URL(text)
    if (url.protocol !== "postgres:" && url.protocol !== "postgresql:") {
      return yield* wrong("url", `Expected postgres://, not ${url.protocol}//`)
    }
    const parameters = yield* parametersOf(url)
    const tls = yield* tlsOf(parameters)
    for (const name of Array.from(parameters.keys())) {
      if (!driversOwn.has(name)) url.searchParams.delete(name)
    }
    if (ssl !== undefined) {
      const files = tlsOptions.find((name) => parameters.has(name))
      return files === undefined ? { url: url.href, ssl } : yield* wrong(files, "Given beside `ssl`, which replaces it")
    }
    if (tls !== "optional") return { url: url.href, ssl: tls }
    url.searchParams.set("sslmode", "prefer")
    return { url: url.href }
  })

const wrong = (option: string, problem: string): Result.Result<never, InvalidDatabaseUrl> =>
  Result.fail(new InvalidDatabaseUrl({ option, problem }))

const parametersOf = (url: URL): Checked<ReadonlyMap<string, string>> =>
  Result.gen(function* () {
    const parameters = new Map<string, string>()
    for (const [name, value] of url.searchParams) {
      if (parameters.has(name)) return yield* wrong(name, "Said more than once")
      parameters.set(name, value)
      const only = asItIs[name]
      if (only !== undefined && !only.includes(value)) {
        return yield* wrong(name, `"${value}" is not supported; ${only.map((word) => `"${word}"`).join(" or ")} is`)
      }
      if (only !== undefined || driversOwn.has(name) || isTls(name)) continue
      return yield* wrong(name, "There is no such parameter, or it is not supported")
    }
    return parameters
  })

const isTls = (name: string): boolean =>
  name === "sslmode" || [...tlsOptions, ...versionOptions].some((known) => known === name)

/** Node's options; `false` for none, `optional` for encryption if the server can. */
const tlsOf = (parameters: ReadonlyMap<string, string>): Checked<false | "optional" | ConnectionOptions> =>
  Result.gen(function* () {
    const said = parameters.get("sslmode")
    const mode = said === undefined ? undefined : modes.find((known) => known === said)
    if (said !== undefined && mode === undefined) {
      return yield* wrong("sslmode", `Expected one of ${modes.join(", ")}, not "${said}"`)
    }
    const encrypts = mode === "require" || mode === "verify-ca" || mode === "verify-full"
    const further = [...tlsOptions, ...versionOptions].find((name) => parameters.has(name))
    if (!encrypts) {
      if (further !== undefined) {
        return yield* wrong(further, "Needs sslmode require, verify-ca or verify-full, which alone are sure to encrypt")
      }
      return mode === "allow" || mode === "prefer" ? "optional" : false
    }
    const root = parameters.get("sslrootcert")
    if (root === "system" && mode !== "verify-full") {
      return yield* wrong(
        "sslrootcert",
        `"system" needs sslmode=verify-full: any server has a certificate of somebody's`
      )
    }
    const minVersion = yield* versionIn(parameters, "ssl_min_protocol_version")
    const maxVersion = yield* versionIn(parameters, "ssl_max_protocol_version")
    const passphrase = parameters.get("sslpassword")
    const files: ConnectionOptions = {}
    for (const [name, option] of [
      ["sslrootcert", "ca"],
      ["sslcert", "cert"],
      ["sslkey", "key"],
      ["sslcrl", "crl"]
    ] as const) {
      const path = parameters.get(name)
      if (path !== undefined && !(name === "sslrootcert" && path === "system"))
        files[option] = yield* contents(name, path)
    }
    if ((files.cert === undefined) !== (files.key === undefined)) {
      return yield* wrong(files.cert === undefined ? "sslkey" : "sslcert", "sslcert and sslkey go together")
    }
    return {
      ...files,
      ...(minVersion === undefined ? {} : { minVersion }),
      ...(maxVersion === undefined ? {} : { maxVersion }),
      ...(passphrase === undefined ? {} : { passphrase }),
      // As libpq has it: `require` alone only encrypts; with authorities to check against it is `verify-ca`.
      rejectUnauthorized: mode !== "require" || root !== undefined,
      ...(mode === "verify-full" ? {} : { checkServerIdentity: () => undefined })
    }
  })

const versionIn = (parameters: ReadonlyMap<string, string>, name: (typeof versionOptions)[number]) => {
  const said = parameters.get(name)
  const version = versions.find((known) => known === said)
  return said === undefined || version !== undefined
    ? Result.succeed(version)
    : wrong(name, `Expected one of ${versions.join(", ")}, not "${said}"`)
}

const contents = (name: string, path: string): Checked<string> =>
  Result.mapError(
    Result.try(() => readFileSync(path, "utf8")),
    (cause) =>
      new InvalidDatabaseUrl({ option: name, problem: cause instanceof Error ? cause.message : "Not readable" })
  )
