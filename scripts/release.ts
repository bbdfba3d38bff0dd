// `npm run release:publish`: publishes the packages whose versions the registry does not have, with provenance. With
// --dry-run it packs them and publishes nothing.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { publishedPackages, root } from "./workspace.ts"

const dryRun = process.argv.includes("--dry-run")
const repository = process.env["GITHUB_REPOSITORY"]

// npm accepts a provenance only of a package that says it comes from the repository it was built in.
if (repository === undefined && !dryRun) fail("Publishing is for the release workflow, which has a GITHUB_REPOSITORY.")
if (repository !== undefined) {
  for (const { directory } of publishedPackages()) {
    const url = `repository.url=git+https://github.com/${repository}.git`
    must(directory, "npm", "pkg", "set", url, "repository.type=git")
  }
}

must(root, "node", "scripts/build.ts")
if (dryRun) {
  // pnpm, for it puts the published exports in the place of the workspace's.
  for (const { directory } of publishedPackages()) must(directory, "pnpm", "publish", "--dry-run", "--no-git-checks")
} else {
  must(root, "changeset", "publish")
}

function must(cwd: string, file: string, ...args: ReadonlyArray<string>): void {
  const path = `${join(root, "node_modules", ".bin")}:${process.env["PATH"]}`
  const { status } = spawnSync(file, args, { cwd, stdio: "inherit", env: { ...process.env, PATH: path } })
  if (status !== 0) fail(`${file} ${args.join(" ")} failed`)
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
