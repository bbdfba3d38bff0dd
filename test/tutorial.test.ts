import { describe, expect, it } from "vitest"
import { blocksOf } from "../scripts/tutorial/blocks.ts"

const page = [
  "```ts [a.ts]",
  "1 + 1",
  "```",
  "Run it:",
  "```sh",
  "node a.ts",
  "```",
  "```text",
  "2",
  "```",
  "```sh [server]",
  "node b.ts",
  "```"
].join("\n")

describe("the blocks of a tutorial", () => {
  it("are files, commands and what they print", () => {
    expect(blocksOf(page)).toEqual([
      { kind: "file", name: "a.ts", text: "1 + 1\n", line: 1 },
      { kind: "commands", text: "node a.ts\n", output: "2\n", stays: false, line: 5 },
      { kind: "commands", text: "node b.ts\n", output: null, stays: true, line: 11 }
    ])
  })

  it.each(["```ts\n1\n```", "```text\n1\n```", "```js\n1\n```"])("are nothing else: %j", (block) => {
    expect(() => blocksOf(block)).toThrow("Line 1: nobody can tell what to do with this block.")
  })
})
