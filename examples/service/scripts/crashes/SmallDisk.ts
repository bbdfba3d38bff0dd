import { execFileSync } from "node:child_process"
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, truncateSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A small file system of its own, in memory; Linux only, and root's alone to make. */
export class SmallDisk {
  readonly path: string
  readonly #ballast: string

  private constructor(path: string) {
    this.path = path
    this.#ballast = join(path, "ballast")
  }

  /** `size` in megabytes. */
  static mount(size: number): SmallDisk {
    const path = mkdtempSync(join(tmpdir(), "stockbook-disk-"))
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}m,mode=777`, "tmpfs", path])
    return new SmallDisk(path)
  }

  /** Takes all room but so many kilobytes. */
  fill(left: number): void {
    const file = openSync(this.#ballast, "a")
    const { bavail, bsize } = statfsSync(this.path)
    const chunk = Buffer.alloc(64 * 1024)
    try {
      for (let rest = bavail * bsize - left * 1024; rest > 0; )
        rest -= writeSync(file, chunk, 0, Math.min(rest, chunk.length))
    } catch (error) {
      // Somebody else took the rest.
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error
    } finally {
      closeSync(file)
    }
  }

  /** Gives the room back. */
  empty(): void {
    truncateSync(this.#ballast)
  }

  unmount(): void {
    execFileSync("umount", ["--lazy", this.path])
    rmSync(this.path, { recursive: true, force: true })
  }
}
