import { defineConfig } from "vitepress"
import { anchorOf } from "../src/links.ts"
import { sidebar } from "../src/sidebar.ts"

// Everything the pages need is on the site itself: fonts, the search index, the diagrams.
export default defineConfig({
  title: "Stockbook",
  description: "One stock engine as an npm library: an immutable double-entry ledger that never oversells.",
  lang: "en-GB",
  srcDir: ".pages",
  cacheDir: ".vitepress/.cache",
  lastUpdated: false,
  markdown: { anchor: { slugify: anchorOf } },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Tutorial", link: "/tutorial" },
      { text: "The stock model", link: "/stock-model" },
      { text: "Packages", link: "/packages/core" }
    ],
    sidebar: sidebar()
  }
})
