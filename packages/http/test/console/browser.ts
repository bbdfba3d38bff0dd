import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { type Browser, chromium } from "playwright-core"

const APT = "/usr/bin/apt-get"

const candidates = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
]

const found = (): string | undefined => candidates.find((path) => path !== undefined && existsSync(path))

/** Debian's own, where we may install it: as root, as in a container. */
const install = (): void => {
  if (process.getuid?.() !== 0 || !existsSync(APT)) return
  try {
    execFileSync(APT, ["update", "-q"], { stdio: "ignore", timeout: 60_000 })
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
    const packages = ["install", "-yq", "--no-install-recommends", "chromium"]
    execFileSync(APT, packages, { stdio: "ignore", timeout: 240_000, env })
  } catch {
    // Without a network there is none; the tests then say that they had no browser.
  }
}

/** Where a Chromium is; `null` where there is none and none can be had. */
export const findChromium = (): string | null => {
  if (found() === undefined) install()
  return found() ?? null
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] })
