import { spawnSync } from "node:child_process"

/** Null, or what was printed by a command that failed. */
export function run(cwd: string, file: string, ...args: ReadonlyArray<string>): string | null {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, encoding: "utf8" })
  return status === 0 ? null : (error?.message ?? `${stdout}${stderr}`)
}
