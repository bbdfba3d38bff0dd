// `npm run audit`: asks the registry whether anything that users install has a known vulnerability, and fails if so.
// Where the registry cannot be asked (no network, a mirror without advisories), it says that nothing was checked, and
// fails nothing: whether this machine can reach the registry says nothing about the packages.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { root } from "./workspace.ts"

const { stdout, stderr } = spawnSync("pnpm", ["audit", "--prod", "--json"], {
  cwd: root,
  encoding: "utf8",
  env: { ...process.env, PATH: `${join(root, "node_modules", ".bin")}:${process.env["PATH"]}` }
})

const report = reportIn(stdout)
if (report === null) {
  console.log("NOT AUDITED: the registry did not answer with advisories. Nothing is known of vulnerabilities.")
  console.log((stderr + stdout).trim().split("\n").slice(0, 5).join("\n"))
} else {
  const found = Object.values(report.advisories)
  for (const each of found) {
    const { module_name, severity, title, url } = Object(each)
    console.error(`${module_name}: ${severity}, ${title} (${url})`)
  }
  console.log(`audited: ${found.length} known vulnerabilities in what users install`)
  process.exitCode = found.length === 0 ? 0 : 1
}

function reportIn(text: string): { readonly advisories: object } | null {
  try {
    const { advisories } = Object(JSON.parse(text))
    return typeof advisories === "object" && advisories !== null ? { advisories } : null
  } catch {
    return null
  }
}
