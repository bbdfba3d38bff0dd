// Builds the site into site/.vitepress/dist. Fails on a link that leads nowhere, be it to a page or to a heading.
import { build } from "vitepress"
import { deadAnchors } from "./anchors.ts"
import { makePages } from "./pages.ts"
import { makeReference } from "./reference.ts"

makePages()
makeReference()
await build(new URL("..", import.meta.url).pathname)
const dead = deadAnchors()
for (const each of dead) console.error(each)
process.exitCode = dead.length === 0 ? 0 : 1
