import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/index.ts", "src/bin.ts"],
  format: "esm",
  platform: "node",
  target: "es2023",
  sourcemap: true,
  clean: true,
  // Without its prefix node:sqlite is no module at all.
  removeNodeProtocol: false,
  // TypeScript 7 has no compiler API for tsup to drive; tsc writes the declarations after it.
  dts: false
})
