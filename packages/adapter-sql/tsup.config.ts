import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  platform: "neutral",
  target: "es2023",
  sourcemap: true,
  clean: true,
  // TypeScript 7 has no compiler API for tsup to drive; tsc writes the declarations after it.
  dts: false
})
