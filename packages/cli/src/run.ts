import { CommanderError } from "commander"
import { exitCodes } from "./exitCodes.ts"
import { InvalidSetting } from "./InvalidSetting.ts"
import { programOf } from "./program.ts"

/** Carries out one command line, and answers with what the process should end with. Never throws. */
export const run = async (args: ReadonlyArray<string>): Promise<number> => {
  let code: number = exitCodes.done
  try {
    await programOf((found) => {
      code = found
    }).parseAsync(args, { from: "user" })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    console.error(lineOf(error))
    return error instanceof InvalidSetting ? exitCodes.usage : exitCodes.failed
  }
}

/** One line, without the stack: whoever runs a command wants to know what is wrong, not where it was found. */
const lineOf = (error: unknown): string => {
  const message = error instanceof Error && error.message !== "" ? error.message : String(error)
  return `stockbook: ${message.replaceAll(/\s*\n\s*/g, " ")}`
}
