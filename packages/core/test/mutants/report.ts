import type { Mutant } from "./Mutant.ts"

/** What became of a mutant: the first test that failed with it, if any did. */
export interface Fate {
  readonly mutant: Mutant
  readonly by: string | null
}

/** The page of mutants. */
export const report = (fates: ReadonlyArray<Fate>): string => {
  const survivors = fates.filter(({ by }) => by === null)
  const caught = fates.length - survivors.length
  return [
    "# Rules broken on purpose",
    "",
    `Each line below breaks one rule in \`packages/core/src/rules\`. The unit tests of the core find ${caught} of ${fates.length}.`,
    "",
    "```sh",
    "npm run tool -- node scripts/mutants.ts --write",
    "```",
    "",
    "runs the tests once for each, stopping at the first that fails, and writes this page.",
    "",
    "## Survivors",
    "",
    survivors.length === 0 ? "None." : "| rule | what is broken | why no test sees it |\n|---|---|---|",
    ...survivors.map(
      ({ mutant }) => `| ${mutant.why} | ${change(mutant)} | ${mutant.survives ?? "A test is missing."} |`
    ),
    "",
    "## Caught",
    "",
    "| rule | file | by the test |",
    "|---|---|---|",
    ...fates.flatMap(({ mutant, by }) => (by === null ? [] : [`| ${mutant.why} | \`${mutant.file}\` | ${cell(by)} |`])),
    ""
  ].join("\n")
}

const change = ({ file, find, replace }: Mutant): string =>
  `\`${file}\`: ${code(find)} becomes ${replace === "" ? "nothing" : code(replace)}`

const code = (text: string): string => `\`\` ${cell(text.trim().replaceAll(/\s+/g, " "))} \`\``

const cell = (text: string): string => text.replaceAll("|", "\\|")
