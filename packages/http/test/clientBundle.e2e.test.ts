import { fileURLToPath } from "node:url"
import { runInNewContext } from "node:vm"
import { build } from "esbuild"
import { expect, it } from "vitest"
import { type Running, start } from "./server.ts"

const entry = fileURLToPath(new URL("../src/client/index.ts", import.meta.url))

/** What a page has, of what a program may ask for. */
const browser = [
  ...["fetch", "Headers", "Request", "Response", "URL", "URLSearchParams", "AbortController", "AbortSignal"],
  ...["TextEncoder", "TextDecoder", "ArrayBuffer", "Uint8Array", "ReadableStream", "Blob", "FormData"],
  ...["setTimeout", "clearTimeout", "queueMicrotask", "performance", "console"]
]

/** With all APIs and effect's schemas, minified; a fact to notice when it grows, not a limit. */
const KIB = 600

it("runs in a browser: one file that needs nothing but fetch", async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    globalName: "stockbook",
    platform: "browser",
    conditions: ["@stockbook/source"],
    logLevel: "silent"
  })
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : []))
  )
  const elsewhere = /platform-node|express|argon2|jose|nodemailer|core\/src\/(engine|ledger|rules|store)/
  expect(kept.filter((path) => elsewhere.test(path))).toEqual([])
  const server: Running = await start()
  const page: Record<string, unknown> = { location: { href: `${server.url}/page` } }
  for (const name of browser) page[name] = Reflect.get(globalThis, name)
  page["globalThis"] = page
  const code = `${outputFiles[0]?.text}; stockbook.createClient({ baseUrl: "${server.url}" }).system.health()`
  expect(await runInNewContext(code, page)).toEqual({ status: "healthy" })
  await server.close()
  expect((outputFiles[0]?.contents.length ?? 0) / 1024).toBeLessThan(KIB)
})
