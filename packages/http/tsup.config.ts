import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/index.ts", "src/client/index.ts"],
  format: "esm",
  platform: "node",
  target: "es2023",
  sourcemap: true,
  clean: true,
  // Of platform-node only its server is used. As a dependency it would bring its users Redis, a peer of modules that
  // are never imported; bundled, that server needs `ws` and effect. Its licence is copied beside it.
  noExternal: [/^@effect\/platform-node/],
  // Without its prefix node:sqlite is no module at all.
  removeNodeProtocol: false,
  // TypeScript 7 has no compiler API for tsup to drive; tsc writes the declarations after it.
  dts: false
})
