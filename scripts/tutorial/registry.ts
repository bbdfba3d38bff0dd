import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { basename } from "node:path"
import type { Packed } from "../packages/packed.ts"

/** An npm registry that has these packages and no others, so that `npm install` of them is what it will be one day. */
export async function registryOf(packed: ReadonlyArray<Packed>) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").slice(1)
    const file = packed.find(({ tarball }) => path === basename(tarball))
    if (file !== undefined) return void response.end(readFileSync(file.tarball))
    const found = packed.find(({ manifest }) => path === manifest.name)
    if (found === undefined) return void response.writeHead(404).end("{}")
    const { manifest, tarball } = found
    const integrity = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`
    const version = { ...manifest, dist: { tarball: `${url}/${basename(tarball)}`, integrity } }
    response.setHeader("content-type", "application/json").end(
      JSON.stringify({
        name: manifest.name,
        "dist-tags": { latest: manifest.version },
        versions: { [manifest.version]: version }
      })
    )
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return { url, close: () => server.close() }
}
