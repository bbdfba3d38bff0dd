import { describe, expect, it } from "vitest"
import { anchorOf, relinked } from "../src/links.ts"

const pageOf = (path: string): string | null =>
  path === "docs/model.md" ? "model.md" : path === "packages/core" ? "packages/core.md" : null
const place = { folder: "docs/how-to", page: "how-to/mount.md" }

describe("links from page to page", () => {
  it.each([
    ["[a](../model.md)", "[a](../model.md)"],
    ["[a](../model.md#1-stock)", "[a](../model.md#1-stock)"],
    [
      "[`core`](../../packages/core) and [`core`](../../packages/core/)",
      "[`core`](../packages/core.md) and [`core`](../packages/core.md)"
    ],
    ["[web](https://example.org) [here](#there)", "[web](https://example.org) [here](#there)"],
    ["`[code](nowhere.md)`", "`[code](nowhere.md)`"],
    ["```ts\nrows[0](nowhere)\n```", "```ts\nrows[0](nowhere)\n```"]
  ])("%j becomes %j", (written, read) => {
    expect(relinked(written, place, pageOf)).toBe(read)
  })

  it("do not lead nowhere", () => {
    expect(() => relinked("[a](gone.md)", place, pageOf)).toThrow("how-to/mount.md: the link gone.md leads nowhere.")
  })

  it("have the anchors that headings have in the repository", () => {
    expect(["1. Catalogue", "With promises", "`stock` columns by hand"].map(anchorOf)).toEqual([
      "1-catalogue",
      "with-promises",
      "stock-columns-by-hand"
    ])
  })
})
