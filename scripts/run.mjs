// The way in: `node scripts/run.mjs start|test|build|exec`. Needs Node 20 and npm, nothing else; it fetches the
// toolchain the project is pinned to, installs when the lockfile moved, and hands over to the script asked for.
// package.json says `exec node …`: npm signals its shell, and a shell in between would keep the signal to itself.
import { spawn, spawnSync } from "node:child_process"
import { constants } from "node:os"
import { join } from "node:path"
import { install } from "./install.mjs"
import { root, toolchain } from "./toolchain.mjs"

const [command, ...rest] = process.argv.slice(2)

const started = Date.now()
const env = toolchain()
install(env)
console.log(`--- toolchain and install: ok, ${((Date.now() - started) / 1000).toFixed(1)} s`)

switch (command) {
  case "build":
  case "test":
    become("node", [join(root, "scripts", `${command}.ts`), ...rest])
    break
  case "start":
    must("node", [join(root, "scripts", "build.ts")])
    become("node", [join(root, "examples", "service", "src", "main.ts"), ...rest])
    break
  case "exec":
    become(rest[0] ?? "node", rest.slice(1))
    break
  default:
    console.error("usage: node scripts/run.mjs start|test|build|exec <command>")
    process.exitCode = 2
}

function must(file, args) {
  const { status } = spawnSync(file, args, { cwd: root, env, stdio: "inherit" })
  if (status !== 0) process.exit(status ?? 1)
}

// Ends as the child ends. A terminal's Ctrl-C reaches the child by itself, being sent to the whole process group;
// passing it on as well would ask a service twice, which many take as "now, without cleaning up".
function become(file, args) {
  const child = spawn(file, args, { cwd: root, env, stdio: "inherit" })
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on("error", (error) => {
    console.error(error.message)
    process.exitCode = 1
  })
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal]
    process.exit()
  })
}
