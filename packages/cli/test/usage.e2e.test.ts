import { readdirSync } from "node:fs"
import { afterAll, describe, expect, it } from "vitest"
import { folder, stockbook } from "./command.ts"

describe("the stockbook command", () => {
  const { path, remove } = folder()
  afterAll(remove)

  it("says what there is, with examples, and loads nothing for it", async () => {
    const { code, stdout } = await stockbook(["--help"], { cwd: path })
    expect(code).toBe(0)
    for (const word of [
      "serve",
      "migrate",
      "verify",
      "rebuild",
      "import",
      "export",
      "backup",
      "seed",
      "--database",
      "$ stockbook"
    ]) {
      expect(stdout).toContain(word)
    }
    for (const command of ["serve", "migrate", "verify", "rebuild", "import", "export", "backup", "seed"]) {
      const help = await stockbook([command, "--help"], { cwd: path })
      expect(help.code).toBe(0)
      expect(help.stdout).toMatch(/\$ (stockbook|DATABASE_URL=|pg_restore)/)
    }
  })

  it.each([
    [["frobnicate"], {}, 2, "unknown command 'frobnicate'"],
    [["verify", "--fast"], {}, 2, "unknown option '--fast'"],
    [["verify", "--database", "mysql://x"], {}, 2, "stockbook: --database must be sqlite:<file>"],
    [["verify"], { DATABASE_URL: "mysql://x" }, 2, "stockbook: DATABASE_URL must be sqlite:<file>"],
    [["verify"], {}, 3, "stockbook: There is no file ./stock.db"],
    [["verify", "-d", "postgres://localhost:1/x?sslmode=maybe"], {}, 3, "sslmode"],
    [["verify", "-d", "postgres://nobody@127.0.0.1:1/x"], {}, 3, "stockbook: "],
    [["import", "things", "x.csv"], {}, 2, "Allowed choices are items, stock, movements"],
    [["import", "items", "x.txt"], {}, 2, "stockbook: --format is required"],
    [["backup", "x.db", "-d", "postgres://x@localhost/x"], {}, 2, "stockbook: --database must be a SQLite file"],
    [["migrate", "--adopt"], {}, 2, "stockbook: --adopt is for Postgres"],
    [["migrate", "--row-level-security"], {}, 2, "stockbook: --row-level-security is for Postgres"],
    [["serve", "--port", "80a"], {}, 2, 'stockbook: PORT must be a number from 0 to 65535; it is "80a"'],
    [["serve", "-d", "postgres://localhost/x"], {}, 2, "stockbook: JWT_SECRET is required with Postgres"]
  ])("%j ends with its code and one line, and leaves nothing behind", async (args, env, code, said) => {
    const ended = await stockbook(args, { cwd: path, env })
    expect(ended.stderr).toContain(said)
    expect(ended.code).toBe(code)
    expect(ended.stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2)
    expect(ended.stderr).not.toMatch(/\n\s+at /)
    expect(readdirSync(path)).toEqual([])
  })
})
