import { globSync, readFileSync } from "node:fs"
import { dirname, join, posix } from "node:path"

const dist = join(dirname(import.meta.dirname), ".vitepress", "dist")

/** Links of the built site to a heading that is not there; VitePress itself looks for the pages only. */
export function deadAnchors(): ReadonlyArray<string> {
  const htmls = new Map(
    globSync("**/*.html", { cwd: dist }).map((file) => [file, readFileSync(join(dist, file), "utf8")])
  )
  const ids = new Map(
    [...htmls].map(([file, html]) => [file, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))])
  )
  return [...htmls].flatMap(([file, html]) =>
    [...html.matchAll(/ href="([^":]*)#([^"]+)"/g)].flatMap(([, path = "", anchor = ""]) => {
      const there = path === "" ? file : posix.join(posix.dirname(`/${file}`), path).slice(1)
      const found = ids.get(there) ?? ids.get(`${there}.html`) ?? ids.get(posix.join(there, "index.html"))
      return found?.has(decodeURIComponent(anchor)) === true ? [] : [`${file}: nothing is at ${path}#${anchor}`]
    })
  )
}
