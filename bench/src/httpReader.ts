// Reads addresses one after the other for `httpLists.ts`, and says how many milliseconds each took to the last byte. A
// process of its own with next to nothing in its memory: one that has imported 100,000 items stops for its own
// collections more often than the service does.
import { Agent, get } from "node:http"

const [origin = "", token = ""] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const headers = { authorization: `Bearer ${token}` }

const read = (address: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    get(origin + address, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${address} answered ${response.statusCode}`))
      response.on("end", () => resolve(performance.now() - started)).resume()
    }).on("error", reject)
  })

process.on("message", async (addresses: ReadonlyArray<string>) => {
  const times: Array<number> = []
  for (const address of addresses) times.push(await read(address))
  process.send?.(times)
})
