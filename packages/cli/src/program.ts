import { readFileSync } from "node:fs"
import { Command } from "commander"
import { backupCommand } from "./commands/backup.ts"
import { exportCommand } from "./commands/export.ts"
import { importCommand } from "./commands/import.ts"
import { migrateCommand } from "./commands/migrate.ts"
import { rebuildCommand } from "./commands/rebuild.ts"
import { seedCommand } from "./commands/seed.ts"
import { serveCommand } from "./commands/serve.ts"
import { verifyCommand } from "./commands/verify.ts"

const words = `
Where the stock is kept is said by --database, or else by DATABASE_URL:
  sqlite:./stock.db                          a file (the default)
  postgres://user:password@host/database     a Postgres database

Try it:
  $ stockbook serve                          five HTTP APIs on http://localhost:8000
  $ stockbook seed                           demo stock to look around in
  $ stockbook verify                         is every balance what the ledger says?

Ends with 0 when all is well, 1 when something was found (differences, refused rows), 2 when it was called wrongly
and 3 when a database or a file could not be used.`

const version = (): string =>
  String(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version)

/** The commands; `found` is told what the process should end with, by a command that has something to say. */
export const programOf = (found: (code: number) => void): Command => {
  const program = new Command("stockbook")
    .description("Keeps stock: serves it, checks it, moves it in and out.")
    .version(version(), "-V, --version")
    .addHelpText("after", words)
    .showHelpAfterError("(stockbook --help says more)")
    .exitOverride()
  const commands = [
    serveCommand(),
    migrateCommand(),
    verifyCommand(found),
    rebuildCommand(found),
    importCommand(found),
    exportCommand(),
    backupCommand(),
    seedCommand()
  ]
  for (const command of commands) {
    program.addCommand(command.copyInheritedSettings(program))
  }
  return program
}
