/** What a reader of the tutorial does, in order. */
export type Block =
  /** Saves a file. */
  | { readonly kind: "file"; readonly name: string; readonly text: string; readonly line: number }
  /** Types commands, and sees `output`, if the tutorial shows any. */
  | {
      readonly kind: "commands"
      readonly text: string
      readonly output: string | null
      /** They keep running, in a terminal of their own. */
      readonly stays: boolean
      readonly line: number
    }

/**
 * The code blocks of a tutorial. ```` ```ts [name.ts] ```` is a file to save, ```` ```sh ```` are commands,
 * ```` ```sh [server] ```` commands that keep running, and a ```` ```text ```` after either is what they print.
 * Throws on any other block: it would be one that nobody has tried.
 */
export function blocksOf(markdown: string): ReadonlyArray<Block> {
  const blocks: Array<Block> = []
  const fences = markdown.matchAll(/^```(\w*)(?: \[(.+)\])?\n([\s\S]*?)^```$/gm)
  for (const { index, 1: language, 2: title, 3: text = "" } of fences) {
    const line = markdown.slice(0, index).split("\n").length
    const last = blocks.at(-1)
    if (language === "ts" && title !== undefined) blocks.push({ kind: "file", name: title, text, line })
    else if (language === "sh" && (title === undefined || title === "server")) {
      blocks.push({ kind: "commands", text, output: null, stays: title === "server", line })
    } else if (language === "text" && last?.kind === "commands" && last.output === null) {
      blocks[blocks.length - 1] = { ...last, output: text }
    } else throw new Error(`Line ${line}: nobody can tell what to do with this block.`)
  }
  return blocks
}
