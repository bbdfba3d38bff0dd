import { posix } from "node:path"

/** Where a file or folder of the repository is on the site; `null` when there is no such file or folder. */
export type PageOf = (path: string) => string | null

/** A code block, a link, or code within a line, whichever comes first: what looks like a link in code is none. */
const parts = /^```[\s\S]*?^```$|(!?\[(?:`[^`]*`|[^\]`\\]|\\.)*\]\()([^)\s]+)\)|`[^`\n]+`/gm

/** Where links are written, and where they are read. */
export interface Place {
  /** The folder of the repository that they go from. */
  readonly folder: string
  readonly page: string
}

/**
 * The text of a page whose links lead from page to page, as in the repository they lead from file to file. Throws on a
 * link that leads nowhere.
 */
export function relinked(markdown: string, { folder, page }: Place, pageOf: PageOf): string {
  return markdown.replaceAll(parts, (whole: string, before: string | undefined, link: string | undefined) => {
    if (before === undefined || link === undefined || /^(?:[a-z]+:|#|\/)/.test(link)) return whole
    const [path = "", anchor] = link.split("#")
    const there = pageOf(posix.join(folder, path).replace(/\/$/, ""))
    if (there === null) throw new Error(`${page}: the link ${link} leads nowhere.`)
    const relative = posix.relative(posix.dirname(page), there)
    return `${before}${relative.startsWith(".") ? "" : "./"}${relative}${anchor === undefined ? "" : `#${anchor}`})`
  })
}

/** The anchor of a heading, the same as in the repository's own view of the file. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-")
}
