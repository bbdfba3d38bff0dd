import { defineConfig } from "tsup"

export default defineConfig({
  // The library without the store in memory is an entry for the sake of its chunks: a bundler leaves out whole files of
  // what an app does not use, but cannot tell that a class made by a call has no side effects. A file for each module
  // would take Node half as long again to load.
  entry: ["src/index.ts", "src/testing/index.ts", "src/library.ts", "src/store/memory/MemoryStore.ts"],
  format: "esm",
  platform: "neutral",
  target: "es2023",
  sourcemap: true,
  clean: true,
  // Without its prefix node:sqlite is no module at all.
  removeNodeProtocol: false,
  // TypeScript 7 has no compiler API for tsup to drive; tsc writes the declarations after it.
  dts: false
})
