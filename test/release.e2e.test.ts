// The release as far as it can be played through without publishing anything.
import { spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, it } from "vitest"
import { parse } from "yaml"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const copy = mkdtempSync(join(tmpdir(), "stockbook-release-"))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const run = (cwd: string, file: string, ...args: ReadonlyArray<string>) => {
  const env = { ...process.env, GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.com" }
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd,
    encoding: "utf8",
    env: { ...env, GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.com" }
  })
  expect(status, `${file} ${args.join(" ")}\n${stdout}${stderr}`).toBe(0)
  return stdout
}

const json = (file: string) => JSON.parse(readFileSync(file, "utf8"))

it("turns every changeset into a version and a changelog", () => {
  const left = new Set(["node_modules", "dist", ".git", ".cache", ".toolchain", ".tmp", "test-results"])
  cpSync(root, copy, { recursive: true, filter: (path) => !left.has(path.slice(path.lastIndexOf("/") + 1)) })
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
  run(copy, "git", "init", "--quiet")
  run(copy, "git", "add", "--all")
  run(copy, "git", "commit", "--quiet", "--message", "Before the release")

  const changesets = readdirSync(join(copy, ".changeset")).filter(
    (name) => name.endsWith(".md") && name !== "README.md"
  )
  run(copy, join(root, "node_modules", ".bin", "changeset"), "version")

  expect(readdirSync(join(copy, ".changeset")).filter((name) => changesets.includes(name))).toEqual([])
  for (const name of ["core", "adapter-sqlite", "adapter-pg", "http"]) {
    const before = json(join(root, "packages", name, "package.json")).version
    const { version } = json(join(copy, "packages", name, "package.json"))
    expect(version).not.toBe(before)
    const changelog = readFileSync(join(copy, "packages", name, "CHANGELOG.md"), "utf8")
    expect(changelog.startsWith(`# @stockbook/${name}\n\n## ${version}\n`)).toBe(true)
  }
})

it("has a workflow that tests before it publishes, with provenance, by scripts that are there", () => {
  const workflow = parse(readFileSync(join(root, ".github", "workflows", "release.yml"), "utf8"))
  const { scripts } = json(join(root, "package.json"))
  const { steps, permissions } = workflow.jobs.release

  const commands: ReadonlyArray<string> = steps.flatMap(
    (step: { run?: string; with?: { version?: string; publish?: string } }) =>
      [step.run, step.with?.version, step.with?.publish].filter((command) => command !== undefined)
  )
  expect(commands).toEqual(["npm test", "npm run release:version", "npm run release:publish"])
  for (const command of commands) expect(scripts).toHaveProperty([command.replace(/^npm (run )?/, "")])

  expect(workflow.permissions).toEqual({})
  expect(permissions).toEqual({ contents: "write", "pull-requests": "write", "id-token": "write" })
  expect(steps.at(-1).env.NPM_CONFIG_PROVENANCE).toBe("true")
  for (const name of ["core", "adapter-sqlite", "adapter-pg", "http"]) {
    const { publishConfig } = json(join(root, "packages", name, "package.json"))
    expect(publishConfig).toMatchObject({ access: "public", provenance: true })
  }
})
