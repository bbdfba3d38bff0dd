import { createServer, type Server, type ServerResponse } from "node:http"
import { expect, it } from "vitest"
import { stopOnSignals } from "../src/index.ts"

const listen = (handler: (response: ServerResponse) => void): Promise<{ server: Server; url: string }> =>
  new Promise((resolve) => {
    const server = createServer((_, response) => handler(response)).listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number }
      resolve({ server, url: `http://127.0.0.1:${port}` })
    })
  })

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(condition()).toBe(true)
}

it("finishes what is under way, takes nothing new, then cleans up", async () => {
  const waiting: Array<ServerResponse> = []
  const events: Array<string> = []
  const { server, url } = await listen((response) => void waiting.push(response))
  const off = stopOnSignals(server, {
    signals: ["SIGUSR2"],
    cleanup: async () => void events.push("cleanup"),
    exit: (code) => void events.push(`exit ${code}`)
  })
  const slow = fetch(url)
  await until(() => waiting.length === 1)
  process.emit("SIGUSR2", "SIGUSR2")
  await until(() => !server.listening)
  await expect(fetch(url)).rejects.toThrow()
  expect(events).toEqual([])
  waiting[0]?.end("done")
  expect(await (await slow).text()).toBe("done")
  await until(() => events.length === 2)
  expect(events).toEqual(["cleanup", "exit 0"])
  off()
})

it("closes what does not finish in time", async () => {
  const events: Array<string> = []
  const { server, url } = await listen(() => {})
  const off = stopOnSignals(server, {
    signals: ["SIGUSR2"],
    graceMillis: 50,
    exit: (code) => void events.push(`exit ${code}`)
  })
  const stuck = fetch(url)
  stuck.catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, 50))
  process.emit("SIGUSR2", "SIGUSR2")
  await expect(stuck).rejects.toThrow()
  await until(() => events.length === 1)
  expect(events).toEqual(["exit 0"])
  off()
})

it("stops at once on a second signal", async () => {
  const events: Array<string> = []
  const { server, url } = await listen(() => {})
  const off = stopOnSignals(server, { signals: ["SIGUSR2"], exit: (code) => void events.push(`exit ${code}`) })
  const stuck = fetch(url)
  stuck.catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, 50))
  process.emit("SIGUSR2", "SIGUSR2")
  process.emit("SIGUSR2", "SIGUSR2")
  expect(events[0]).toBe("exit 1")
  await expect(stuck).rejects.toThrow()
  off()
})
