import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

/** A child process that runs one of the programs of this folder. */
export interface Child {
  readonly process: ChildProcess
  /** The lines it has written so far. What it wrote before it was killed is among them once `ended` is. */
  readonly lines: ReadonlyArray<string>
  /** Writes a line to its stdin. */
  readonly tell: (line: string) => void
  /** Closes its stdin: it shall finish what it does, and end. */
  readonly finish: () => void
  /** Resolves once it is over and its last line is read, however it ended. */
  readonly ended: Promise<void>
  /** Resolves once it ended well; rejects with what it wrote to stderr if it did not. */
  readonly done: Promise<void>
  /** Resolves once its lines satisfy a condition; rejects if it ends before they do. */
  readonly until: (condition: (lines: ReadonlyArray<string>) => boolean) => Promise<void>
}

export const run = (program: "writer" | "rival" | "open", ...args: ReadonlyArray<string | number>): Child => {
  const file = fileURLToPath(new URL(`./${program}.ts`, import.meta.url))
  const child = spawn(process.execPath, ["--conditions=@stockbook/source", file, ...args.map(String)], {
    stdio: ["pipe", "pipe", "pipe"]
  })
  const lines: Array<string> = []
  const reader = createInterface({ input: child.stdout }).on("line", (line) => lines.push(line))
  let err = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text
  })
  // Nobody may be listening any more when something is written to it.
  child.stdin.on("error", () => {})
  const ended = Promise.all([once(child, "close"), once(reader, "close")]).then(() => {})
  const failure = () => new Error(`${program} ended with ${child.exitCode ?? child.signalCode}: ${err}`)
  const done = ended.then(() => {
    if (child.exitCode !== 0) throw failure()
  })
  // A child that is killed on purpose fails too, and nobody waits for that.
  done.catch(() => {})
  return {
    process: child,
    lines,
    tell: (line) => child.stdin.write(`${line}\n`),
    finish: () => child.stdin.end(),
    ended,
    done,
    until: async (condition) => {
      let over = false
      void ended.then(() => {
        over = true
      })
      while (!condition(lines)) {
        if (over) throw failure()
        await Promise.race([once(reader, "line"), ended])
      }
    }
  }
}
