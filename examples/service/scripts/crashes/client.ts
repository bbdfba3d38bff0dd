// Trades with the service as a process of its own: `client <log> <world as JSON>`. Writes down what it asks and what it
// is answered, each line before the same caller asks for anything else. What it does when, it is told (see `Load.ts`).
import { openSync, writeSync } from "node:fs"
import { Agent, request as open } from "node:http"
import { kindAt, nameOf, type Past, type Request, type World } from "./jobs.ts"
import type { Entry, Order, Report } from "./Load.ts"

const [logFile = "", worldText = "{}"] = process.argv.slice(2)
const world: World = JSON.parse(worldText)
const log = openSync(logFile, "a")
const write = (entry: Entry) => writeSync(log, `${JSON.stringify(entry)}\n`)
const report = (told: Report) => process.send?.(told)

const agent = new Agent({ keepAlive: true })

interface Answer {
  readonly status: number
  readonly text: string
}

const send = ({ method, path, body }: Request, key: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${world.token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      "idempotency-key": key
    }
    const sent = open(new URL(path, world.origin), { method, headers, agent }, (response) => {
      let received = ""
      response.setEncoding("utf8").on("data", (chunk: string) => {
        received += chunk
      })
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: received })).on("error", reject)
    })
    sent.on("error", reject)
    sent.setTimeout(30_000, () => sent.destroy(new Error("No answer within 30 s")))
    sent.end(text)
  })

/** Again when the connection was lost: a server ends one that nothing came on for a while. */
const sendSurely = (request: Request, key: string) => send(request, key).catch(() => send(request, key))

const pause = () => new Promise((resolve) => setTimeout(resolve, 25))

let running = false
let acknowledged = 0
let enough = 0

/** One who does the steps in turn. */
class Caller {
  readonly #number: number
  readonly #answers = new Map<number, string>()
  /** The step it is at. */
  #step = 0
  /** The first step that was not asked for again since it was answered. */
  #from = 0

  constructor(number: number) {
    this.#number = number
  }

  /** Every other caller asks again until it is answered; the others leave open what became of it. */
  async trade(): Promise<void> {
    while (running) {
      if (await this.#ask()) continue
      if (this.#number % 2 === 1) return
      await this.#insist()
    }
  }

  /** Asks for what is open until it is answered, and once more for all that was: the answers are the first ones. */
  async settle(): Promise<void> {
    if (this.#answers.get(this.#step) === undefined && this.#asked > this.#step) await this.#insist()
    for (; this.#from < this.#step; this.#from++) {
      const name = nameOf(this.#number, this.#from)
      const { status, text } = await sendSurely(this.#request(this.#from), name)
      const same = status < 300 && text === this.#answers.get(this.#from)
      write(same ? { said: "repeated", name } : { said: "differs", name, status, text })
      this.#answers.delete(this.#from - 12)
    }
  }

  /** How many steps it has asked for. */
  #asked = 0

  async #insist(): Promise<void> {
    for (let tries = 0; !(await this.#ask()); tries++) {
      if (tries === 2000) throw new Error(`${nameOf(this.#number, this.#step)} is not answered`)
      await pause()
    }
  }

  /** Asks once for the step it is at, and goes on to the next if that was done. */
  async #ask(): Promise<boolean> {
    const name = nameOf(this.#number, this.#step)
    this.#asked = this.#step + 1
    write({ said: "asked", name })
    try {
      const { status, text } = await send(this.#request(this.#step), name)
      if (status >= 300) {
        write({ said: "refused", name, status, text })
        return false
      }
      write({ said: "answered", name, status, text })
      this.#answers.set(this.#step, text)
      this.#step++
      acknowledged++
      if (acknowledged === enough) report("enough")
      return true
    } catch (error) {
      write({ said: "lost", name, why: error instanceof Error ? error.message : String(error) })
      return false
    }
  }

  #request(step: number): Request {
    const place = world.callers[this.#number]
    if (place === undefined) throw new Error(`There is no caller ${this.#number}`)
    const past: Past = {
      name: (ago) => nameOf(this.#number, step - ago),
      id: (ago) => Number(JSON.parse(this.#answers.get(step - ago) ?? "{}").id)
    }
    return kindAt(step).request(world, place, nameOf(this.#number, step), past)
  }
}

const callers = world.callers.map((_, number) => new Caller(number))
let trading: Promise<unknown> = Promise.resolve()

const obey = async (order: Order) => {
  switch (order.do) {
    case "trade":
      enough = acknowledged + order.until
      if (running) return
      running = true
      trading = Promise.all(callers.map((caller) => caller.trade()))
      return
    case "pause":
      running = false
      await trading
      return report("paused")
    case "settle":
      await Promise.all(callers.map((caller) => caller.settle()))
      return report("settled")
  }
}

process.on("message", (order: Order) => {
  obey(order).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
process.once("disconnect", () => process.exit(0))
report("ready")
