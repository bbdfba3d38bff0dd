import { run } from "@stockbook/cli"

// What `npx @stockbook/cli serve` does.
process.exitCode = await run(["serve", ...process.argv.slice(2)])
