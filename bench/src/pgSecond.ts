import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import type { Measured } from "./pgLoad.ts"

/** Another process with an engine of its own, for the one hot item. */
export const secondProcess = (url: string) => {
  const child = fork(fileURLToPath(new URL("pgTwo.ts", import.meta.url)), [url, "second"], {
    execArgv: process.execArgv
  })
  return {
    run: async (load: { readonly callers: number; readonly seconds: number }): Promise<Measured> => {
      const answer: Promise<ReadonlyArray<Measured>> = once(child, "message")
      child.send(load)
      const [measured] = await answer
      if (measured === undefined) throw new Error("The second process gave no answer")
      return measured
    },
    close: async (): Promise<void> => {
      const exited = once(child, "exit")
      child.send("end")
      await exited
    }
  }
}
