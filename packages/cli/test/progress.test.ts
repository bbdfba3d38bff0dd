import { Writable } from "node:stream"
import { stripVTControlCharacters } from "node:util"
import { describe, expect, it, vi } from "vitest"
import { progressOver } from "../src/transfer/progress.ts"

/** A terminal, and all that was written to it. */
class Terminal extends Writable {
  readonly isTTY: boolean
  readonly columns = 80
  written = ""

  constructor(isTTY: boolean) {
    super()
    this.isTTY = isTTY
  }

  override _write(chunk: unknown, _: BufferEncoding, done: () => void): void {
    this.written += String(chunk)
    done()
  }

  get seen(): string {
    return stripVTControlCharacters(this.written)
  }
}

const hidden = "\u001b[?25l"
const shown = "\u001b[?25h"

describe("the progress of a file", () => {
  it("is a bar on a terminal, of megabytes, which ends where the file does", async () => {
    const terminal = new Terminal(true)
    const progress = await progressOver(2_000_000, "bytes", terminal)
    expect(terminal.seen).toContain("0 % | 0.0 of 2.0 MB | ")
    expect(terminal.written).toContain(hidden)
    progress.add(500_000)
    await vi.waitFor(() => expect(terminal.seen).toContain("25 % | 0.5 of 2.0 MB | "))
    progress.add(1_500_000)
    progress.stop()
    expect(terminal.seen).toContain("100 % | 2.0 of 2.0 MB | ")
    expect(terminal.written.lastIndexOf(shown)).toBeGreaterThan(terminal.written.lastIndexOf(hidden))
    const { written } = terminal
    progress.add(1)
    progress.stop()
    expect(terminal.written).toBe(written)
  })

  it("gives the cursor back when it ends before the file does", async () => {
    const terminal = new Terminal(true)
    const progress = await progressOver(10, "pages", terminal)
    progress.add(4)
    progress.stop()
    expect(terminal.seen).toContain("40 % | 4 of 10 pages | ")
    expect(terminal.written.lastIndexOf(shown)).toBeGreaterThan(terminal.written.lastIndexOf(hidden))
  })

  it.each([
    ["of what is no terminal", 10, false],
    ["of a stream, whose end is not known", null, true],
    ["of an empty file", 0, true]
  ] as const)("is not drawn: %s", async (_, total, isTTY) => {
    const terminal = new Terminal(isTTY)
    const progress = await progressOver(total, "bytes", terminal)
    progress.add(5)
    progress.stop()
    expect(terminal.written).toBe("")
  })
})
