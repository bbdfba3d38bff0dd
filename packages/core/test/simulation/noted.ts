import type { CommandInput } from "../../src/engine/StockEngine.ts"

type Single = Exclude<CommandInput, { readonly _tag: "Linked" | "Bulk" }>

/** A command with a note, which its movements then have. */
export const noted = (command: CommandInput, note: string): CommandInput => {
  const one = (single: Single): Single => (single._tag === "Notify" ? single : { ...single, note })
  switch (command._tag) {
    case "Linked": {
      const [first, ...others] = command.commands
      return { ...command, commands: [one(first), ...others.map(one)] }
    }
    case "Bulk": {
      const row = ([first, ...others]: (typeof command.rows)[number]): (typeof command.rows)[number] => [
        one(first),
        ...others.map(one)
      ]
      const [first, ...others] = command.rows
      return { ...command, rows: [row(first), ...others.map(row)] }
    }
    default:
      return one(command)
  }
}
