import { describe, expect, it } from "vitest"
import { blocksOf } from "../scripts/tutorial/blocks.ts"
import { firstExampleOf } from "../scripts/tutorial/firstExample.ts"

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

describe("the first example of a README", () => {
  const readme = [
    "# Title",
    "```sh",
    "npm start",
    "```",
    "## First",
    "```sh",
    "npm install it",
    "```",
    "```ts",
    "console.log(1 + 1) // 2",
    "const two = 2 // two",
    "console.log([two]) // [ 2 ]",
    "```",
    "Save it as `a.mjs`, run `node a.mjs` (Node 24).",
    "## Second",
    "```ts",
    "3",
    "```"
  ]

  it("is installed, saved, run, and prints what it says", () => {
    expect(firstExampleOf(readme.join("\n"))).toEqual([
      { kind: "commands", text: "npm install it\n", output: null, stays: false, line: 6 },
      { kind: "file", name: "a.mjs", text: `${readme.slice(9, 12).join("\n")}\n`, line: 9 },
      { kind: "commands", text: "node a.mjs\n", output: "2\n[ 2 ]\n", stays: false, line: 9 }
    ])
  })

  it("is nothing that nobody can follow", () => {
    expect(() => firstExampleOf(readme.toSpliced(13, 1).join("\n"))).toThrow("No section says")
    expect(() => firstExampleOf(readme.toSpliced(5, 3).join("\n"))).toThrow("an install line and one example")
  })
})
