import { globSync, readFileSync } from "node:fs"
import { basename, join, sep } from "node:path"
import type { DefaultTheme } from "vitepress"
import { pages } from "./pages.ts"

/** Sections of the sidebar, each of the pages of a folder. */
const folders: ReadonlyArray<readonly [folder: string, text: string, collapsed?: boolean]> = [
  ["how-to", "How to"],
  ["explanation", "Explanation"],
  ["migrating", "Migrating"],
  ["examples", "Examples"],
  ["reference", "Reference"],
  ["packages", "Packages"],
  ["transcripts", "The APIs with curl", true]
]

/** What is named first in its folder, in this order; the others follow by name. */
const order = ["ledger", "group-commit", "never-oversold", "quickstart", "core", "adapter-sqlite"]

/** The sidebar: the pages there are, by their folders, under the title each has. */
export function sidebar(): Array<DefaultTheme.SidebarItem> {
  const first = [
    { text: "What it is", link: "/" },
    ...["tutorial.md", "stock-model.md"].map(link),
    ...globSync("*.md", { cwd: pages })
      .filter((file) => !["index.md", "readme.md", "contributing.md", "tutorial.md", "stock-model.md"].includes(file))
      .sort()
      .map(link)
  ]
  const api = [
    { text: "Promises", link: "/reference/api/core/exports/promises/overview" },
    { text: "Promises: types", link: "/reference/api/core/exports/promises/namespaces/Plain" },
    { text: "adapter-sqlite", link: "/reference/api/adapter-sqlite/exports/overview" },
    { text: "adapter-pg", link: "/reference/api/adapter-pg/exports/overview" },
    { text: "http", link: "/reference/api/http/dist" }
  ]
  const sections = folders.flatMap(([folder, text, collapsed = false]) => {
    const items = globSync(`${folder}/*.md`, { cwd: pages })
      .map((file) => file.split(sep).join("/"))
      .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
      .map(link)
    return items.length === 0 ? [] : [{ text, items, collapsed }]
  })
  const reference = { text: "API reference", items: api, collapsed: true }
  return [{ text: "Start", items: first }, ...sections, reference, { text: "Contributing", link: "/contributing" }]
}

function rank(file: string): number {
  const index = order.indexOf(basename(file, ".md"))
  return index === -1 ? order.length : index
}

function link(file: string): DefaultTheme.SidebarItem {
  const title = /^# (.+)$/m.exec(readFileSync(join(pages, file), "utf8"))?.[1]
  return { text: title ?? basename(file, ".md"), link: `/${file.replace(/\.md$/, "")}` }
}
