// Plays a flow of each documented API against the service as `npm start` runs it, on an empty store in memory, with
// curl, and writes what was asked and answered to docs/transcripts. `node examples/service/scripts/transcripts.ts`.
import { spawn } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { flows } from "./transcripts/flows/index.ts"
import { withCurl } from "./transcripts/sending.ts"
import { transcriptOf } from "./transcripts/transcript.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const folder = new URL("../../../docs/transcripts/", import.meta.url)

/** A service of its own, and how to end it: with all that `npm start` started, as Ctrl+C does. */
const start = async () => {
  const child = spawn("npm", ["start"], {
    cwd: root,
    detached: true,
    env: { ...process.env, PORT: "0", DATABASE_URL: "sqlite::memory:" },
    stdio: ["ignore", "pipe", "inherit"]
  })
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGINT")
    await ended
  }
  const origin = await new Promise<string>((resolve, reject) => {
    let text = ""
    child.stdout.on("data", (chunk) => {
      text += chunk
      const [, found] = /listens on (http:\/\/localhost:\d+)/.exec(text) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once("exit", (code) => reject(new Error(`The service ended with ${code}`)))
  })
  return { origin, stop }
}

mkdirSync(folder, { recursive: true })
for (const flow of flows) {
  const { origin, stop } = await start()
  try {
    writeFileSync(new URL(`${flow.api}.md`, folder), await transcriptOf(flow, withCurl(origin)))
    console.log(`docs/transcripts/${flow.api}.md`)
  } finally {
    await stop()
  }
}
