// A second process for `pg.ts`: reserves one item for some seconds each time it is told to, and says how it went.
import { engineUnderLoad } from "./pgLoad.ts"

const [url = "", name = ""] = process.argv.slice(2)
const engine = engineUnderLoad({ url, road: "fast", name })

process.on("message", async (message: { readonly callers: number; readonly seconds: number } | "end") => {
  if (message === "end") {
    await engine.close()
    process.disconnect()
    return
  }
  process.send?.(await engine.run({ ...message, pick: () => ({ organization: 1, item: 1 }) }))
})
