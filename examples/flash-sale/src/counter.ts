/** How the sale goes: one line that changes on a terminal, a line for each quarter of the buyers elsewhere. */
export const counter = (units: number, buyers: number) => {
  const live = process.stdout.isTTY
  let seen = { sold: 0, answered: 0 }
  const line = () => {
    const share = Math.min(1, seen.sold / units)
    const bar = "#".repeat(Math.round(share * 30)).padEnd(30, ".")
    return `[${bar}] ${seen.sold} of ${units} gone, ${seen.answered} of ${buyers} buyers answered`
  }
  return {
    count: (sold: number, answered: number): void => {
      const first = answered !== seen.answered
      seen = { sold, answered }
      if (live && (sold % 5 === 0 || answered % 100 === 0)) process.stdout.write(`\r${line()}`)
      if (!live && first && answered % Math.ceil(buyers / 4) === 0) console.log(line())
    },
    done: (): void => {
      if (live) process.stdout.write(`\r${line()}\n`)
    }
  }
}
