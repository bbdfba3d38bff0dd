// Makes the pages of the site: docs/, the READMEs of packages and examples, and every file that one of them links to.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, extname, join, posix, relative, sep } from "node:path"
import { type PageOf, relinked } from "./links.ts"

export const root = dirname(dirname(import.meta.dirname))
export const pages = join(root, "site", ".pages")

/** Makes them anew, in a folder of their own: docs/ stays as it was written. */
export function makePages(): void {
  rmSync(pages, { recursive: true, force: true })
  const waiting = [
    "README.md",
    "CONTRIBUTING.md",
    ...globSync(["docs/**/*.md", "packages/*/README.md", "examples/*/README.md"], {
      cwd: root,
      exclude: (path) => path.endsWith("node_modules")
    }).map((path) => path.split(sep).join("/"))
  ]
  const made = new Set<string>()
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (made.has(path)) continue
    made.add(path)
    const page = pageOf(path)
    if (page === null) continue
    const destination = join(pages, page)
    mkdirSync(dirname(destination), { recursive: true })
    if (/\.(svg|png)$/.test(path)) cpSync(join(root, path), destination)
    else {
      const linked: PageOf = (file) => {
        if (pageOf(file) !== null) waiting.push(sourceOf(file))
        return pageOf(file)
      }
      writeFileSync(destination, textOf(path, page, linked))
    }
  }
}

function textOf(path: string, page: string, linked: PageOf): string {
  if (statSync(join(root, path)).isDirectory()) return relinked(listing(path), { folder: path, page }, linked)
  if (extname(path) === ".md") {
    return relinked(readFileSync(join(root, path), "utf8"), { folder: posix.dirname(path), page }, linked)
  }
  const language = extname(path).slice(1) || "text"
  return `# ${path}\n\n\`\`\`${language}\n${readFileSync(join(root, path), "utf8")}\`\`\`\n`
}

/** A folder without a README: its source files. */
function listing(folder: string): string {
  const files = globSync("{*,src/*}.*", { cwd: join(root, folder) }).sort()
  return `# ${folder}\n\n${files.map((file) => `- [${file}](${file})`).join("\n")}\n`
}

/** The file that a page is made of: a folder is shown by its README. */
function sourceOf(path: string): string {
  return isFile(`${path}/README.md`) ? `${path}/README.md` : path
}

/** Where a file or folder is on the site. */
function pageOf(path: string): string | null {
  if (path === "README.md" || path === "." || path === "") return "readme.md"
  if (/^[A-Z]+\.md$/.test(path) && exists(path)) return path.toLowerCase()
  const folder = path.replace(/\/README\.md$/, "")
  if (isFile(`${folder}/README.md`))
    return /^(packages|examples)\//.test(folder) ? `${folder}.md` : `source/${folder}.md`
  if (path.startsWith("docs/") && isFile(path)) return posix.relative("docs", path)
  if (relative(root, join(root, path)).startsWith("..") || !exists(path)) return null
  return `source/${path === "LICENSE" ? "license" : path}.md`
}

function exists(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false }) !== undefined
}

function isFile(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true
}

if (process.argv[1] === import.meta.filename) makePages()
