import type { Block } from "./blocks.ts"

/**
 * What a reader of the README does first, as blocks: the section's install line, its example saved under the name that
 * the text gives, and the command that the text gives, which prints what the comments behind `console.log` say.
 */
export function firstExampleOf(markdown: string): ReadonlyArray<Block> {
  const section = /^## [^\n]+\n(?:(?!^## )[\s\S])*?Save it as `([^`\n]+)`, run `([^`\n]+)`/m.exec(markdown)
  if (section === null) throw new Error("No section says under which name its example is saved, and how it is run.")
  const [text, name = "", command = ""] = section
  const fenced = Array.from(
    text.matchAll(/^```(sh|ts)\n([\s\S]*?)^```$/gm),
    ({ index, 1: language, 2: code = "" }) => ({
      language,
      code,
      line: markdown.slice(0, section.index + index).split("\n").length
    })
  )
  const [install, example] = fenced
  if (fenced.length !== 2 || install?.language !== "sh" || example?.language !== "ts") {
    throw new Error("The section is to have an install line and one example, in this order.")
  }
  const printed = Array.from(example.code.matchAll(/^console\.log\(.*\) \/\/ (.+)$/gm), ([, said]) => `${said}\n`)
  return [
    { kind: "commands", text: install.code, output: null, stays: false, line: install.line },
    { kind: "file", name, text: example.code, line: example.line },
    { kind: "commands", text: `${command}\n`, output: printed.join(""), stays: false, line: example.line }
  ]
}
