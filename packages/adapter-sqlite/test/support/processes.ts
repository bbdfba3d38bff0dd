import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

/** A child process that runs one of the programs of this folder. */
export interface Child {
  readonly process: ChildProcess
  /** The lines it has written so far; whole ones only. */
  readonly lines: () => ReadonlyArray<string>
  /** Its lines once it ended well; rejects with what it wrote to stderr if it did not. */
  readonly done: Promise<ReadonlyArray<string>>
  /** Ends once it has written so many lines, or is over. */
  readonly wrote: (lines: number) => Promise<void>
}

export const run = (program: "reserve" | "open" | "lock", ...args: ReadonlyArray<string | number>): Child => {
  const file = fileURLToPath(new URL(`./${program}.ts`, import.meta.url))
  const child = spawn(process.execPath, ["--conditions=@stockbook/source", file, ...args.map(String)], {
    stdio: ["ignore", "pipe", "pipe"]
  })
  let out = ""
  let err = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text
  })
  const lines = () => out.split("\n").slice(0, -1)
  const closed = once(child, "close")
  return {
    process: child,
    lines,
    done: closed.then(([code]) => {
      if (code !== 0) throw new Error(`${program} ended with ${code}: ${err}`)
      return lines()
    }),
    wrote: async (count) => {
      while (lines().length < count && child.exitCode === null && child.signalCode === null) {
        await Promise.race([once(child.stdout, "data"), closed])
      }
    }
  }
}
