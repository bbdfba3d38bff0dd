import { spawnSync } from "node:child_process"
import { globSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { pages } from "./pages.ts"

const site = dirname(import.meta.dirname)

/** Makes the API reference of the built packages' declarations and docstrings: pages below `reference/api`. */
export function makeReference(): void {
  const typedoc = join(site, "node_modules", ".bin", "typedoc")
  const { status, stdout, stderr } = spawnSync(typedoc, { cwd: site, encoding: "utf8" })
  if (status !== 0) throw new Error(`The API reference could not be made.\n${stdout}${stderr}`)

  // TypeDoc names pages after the files it read, and VitePress makes no page of a folder named dist.
  const api = join(pages, "reference", "api")
  for (const folder of globSync("*/dist", { cwd: api }))
    renameSync(join(api, folder), join(api, dirname(folder), "exports"))
  for (const file of globSync("**/*.md", { cwd: api })) {
    const text = readFileSync(join(api, file), "utf8")
    writeFileSync(join(api, file), text.replaceAll("/dist/", "/exports/").replace(/^# (\S+?)\/dist/m, "# $1"))
  }
  for (const file of globSync("**/*.md", { cwd: api })) numberAnchors(join(api, file))
}

/** TypeDoc numbers the anchor of a name that has two meanings even where only one of them has a heading. */
const numberAnchors = (file: string): void => {
  const text = readFileSync(file, "utf8")
  const mended = text.replaceAll(
    /\]\(([^)#\s]*)#([\w-]+)-(\d+)\)/g,
    (link, path: string, name: string, number: string) => {
      const target = readFileSync(path === "" ? file : join(dirname(file), path), "utf8")
      return headings(target).filter((each) => each === name).length > Number(number) ? link : `](${path}#${name})`
    }
  )
  if (mended !== text) writeFileSync(file, mended)
}

const headings = (text: string): ReadonlyArray<string> =>
  Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = ""]) =>
    heading
      .replaceAll(/[^\w\s-]/g, "")
      .trim()
      .toLowerCase()
      .replaceAll(/\s+/g, "-")
  )
