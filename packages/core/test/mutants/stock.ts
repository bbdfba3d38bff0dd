import { type Mutant, mutant } from "./Mutant.ts"

/** Picking, holding, settling, adjusting, and what stands below all of it. */
export const stockMutants: ReadonlyArray<Mutant> = [
  // The planner.
  mutant("pick.ts", "if (missing === 0) break", "", "A line takes no more leaves than it needs"),
  mutant(
    "pick.ts",
    "const quantity = Math.min(missing, leaf.available)",
    "const quantity = missing",
    "No leaf gives more than it has"
  ),
  mutant(
    "pick.ts",
    "return { found: wanted - missing, picks }",
    "return { found: wanted, picks }",
    "A short line is said to be short"
  ),
  mutant(
    "pick.ts",
    "item.negativeLimit === 0 ? Number.POSITIVE_INFINITY",
    "item.negativeLimit >= 0 ? Number.POSITIVE_INFINITY",
    "What is owed elsewhere is covered first"
  ),
  mutant("pick.ts", "    left -= quantity\n", "", "Lines of one item share what is not owed"),
  mutant(
    "pick.ts",
    "each[demand]?.has(leaf) === true",
    "each[demand]?.has(leaf) !== undefined",
    "A line takes only leaves under its selector"
  ),
  mutant(
    "pick.ts",
    "if (fitting.length > 1) return new",
    "if (fitting.length > 2) return new",
    "With explicit picking every leaf is named"
  ),
  mutant(
    "pick.ts",
    "if (!isUnder(key, selector, state.locations)) return false",
    "",
    "A leaf is picked only under the selector"
  ),
  mutant(
    "pick.ts",
    "facts?.sellable === false",
    "facts?.sellable === undefined",
    "Nothing is sold from where nothing may be sold"
  ),
  mutant("pick.ts", "at !== null && at !== selector.location; ", "at !== null; ", "Naming a location lifts its bar"),
  mutant(
    "pick.ts",
    "at === transit) return false",
    "at === null) return false",
    "Corrections do not take what is in transit"
  ),
  mutant("pick.ts", "at = facts?.parent ?? null", "at = null", "A bin in a place that is not sellable is not sellable"),
  mutant(
    "pickOrder.ts",
    "byAge(a.key, b.key) || byPlace(a.key, b.key)",
    "byPlace(a.key, b.key) || byAge(a.key, b.key)",
    "FEFO comes before the place"
  ),
  mutant("pickOrder.ts", "left < right ? -1 : 1", "left < right ? 1 : -1", "First expiring, first out"),
  mutant("pickOrder.ts", '?? "fefo"', '?? "fifo"', "FEFO unless the policy says otherwise"),
  mutant(
    "pickOrder.ts",
    "batch?.bestBefore ?? Number.POSITIVE_INFINITY",
    "batch?.bestBefore ?? 0",
    "What never expires goes last"
  ),
  mutant("pickOrder.ts", "return (key) => -(facts", "return (key) => (facts", "LIFO takes the newest"),
  mutant(
    "pickOrder.ts",
    "Number(b.location === firstLocation) - Number(a.location === firstLocation)",
    "0",
    "The home location is picked first"
  ),
  mutant(
    "pickOrder.ts",
    "at === -1 ? preferred.length : at",
    "at === -1 ? -1 : at",
    "Preferred locations are picked first"
  ),
  mutant(
    "assign.ts",
    "row[step.before.cell] = (row[step.before.cell] ?? 0) - units",
    "row[step.before.cell] = 0",
    "An earlier line keeps what it does not move"
  ),
  mutant(
    "assign.ts",
    "for (const [taker, row] of given.entries()) if ((row[step.cell] ?? 0) > 0) reach(taker, step, next)",
    "",
    "An earlier line moves on where that lets a later one be met"
  ),
  mutant(
    "assign.ts",
    "units = Math.min(units, given",
    "units = Math.max(units, given",
    "No more is moved along a path than each step has"
  ),
  mutant("draw.ts", "Number(last(a)) - Number(last(b)) || ", "", "What may not be sold is restored last"),
  mutant(
    "draw.ts",
    ".filter((leaf) => leaf[from] > 0)",
    ".filter((leaf) => leaf[from] > 1)",
    "The last unit can be drawn"
  ),
  // Reserving and settling.
  mutant(
    "reserve.ts",
    "if (known.fingerprint !== print) return",
    "if (false) return",
    "Another request under a reference is a conflict"
  ),
  mutant(
    "reserve.ts",
    "if (found < line.quantity) {",
    "if (found + 1 < line.quantity) {",
    "All or nothing, to the unit"
  ),
  mutant(
    "reserve.ts",
    'book(booking, picked.leaf.key, "available", "reserved", picked.quantity, hold)',
    'book(booking, picked.leaf.key, "available", "committed", picked.quantity, hold)',
    "A reservation is soft"
  ),
  mutant("reserve.ts", "now + command.expiresIn", "now + command.expiresIn * 1000", "Expiry is in milliseconds"),
  mutant(
    "reserve.ts",
    'if (status === "fulfilled") return hold',
    'if (status === "fulfilled") return undefined',
    "A fulfilled hold keeps its reference"
  ),
  mutant(
    "reserve.ts",
    "return keepsNothing ? undefined : hold",
    "return hold",
    "An expired hold gives its reference back"
  ),
  mutant("reserve.ts", "if (lines.length === 0) {", "if (false) {", "A hold of nothing is refused"),
  mutant(
    "settle.ts",
    'Fulfil: ["committed", "reserved"]',
    'Fulfil: ["reserved", "committed"]',
    "What is firm ships first"
  ),
  mutant(
    "settle.ts",
    'Release: ["reserved", "committed"]',
    'Release: ["committed", "reserved"]',
    "What is soft is released first"
  ),
  mutant("settle.ts", "const soft = !isDue(hold, now)", "const soft = true", "What has expired is not settled"),
  mutant("settle.ts", 'if (status !== "open") return status', "", "A hold resolves once"),
  mutant("settle.ts", "if (held < requested)", "if (held + 1 < requested)", "No more is settled than is held"),
  mutant(
    "settle.ts",
    'else if (tag === "Fulfil") line.fulfilled += quantity',
    'else if (tag === "Fulfil") line.released += quantity',
    "What is fulfilled is said to be"
  ),
  mutant("settle.ts", "hold.organization !== organization", "false", "Another organization's hold is unknown"),
  mutant(
    "settle.ts",
    'tag === "Commit" && !hold.lines.some((line) => line.reserved > 0)',
    "false",
    "Nothing soft, nothing to commit"
  ),
  mutant(
    "settle.ts",
    'command._tag === "Fulfil" && isBarred',
    'command._tag === "Release" && isBarred',
    "What expired meanwhile is not shipped"
  ),
  mutant("extend.ts", "expiresAt <= hold.expiresAt", "expiresAt < hold.expiresAt", "An extension is longer"),
  mutant("extend.ts", "if (isDue(hold, now)) return", "if (false) return", "An expired hold is not extended"),
  mutant(
    "giveBack.ts",
    "!isDue(hold, now)) continue\n    expire",
    "false) continue\n    expire",
    "A hold does not expire early"
  ),
  mutant(
    "giveBack.ts",
    "expired: line.expired + line.reserved",
    "released: line.released + line.reserved",
    "What expired is said to have"
  ),
  mutant(
    "giveBack.ts",
    "hold.reference !== null || isDue",
    "isDue",
    "Only anonymous holds are released so",
    "a second fence: the list of an item's anonymous holds, which the rule goes through, has no others"
  ),
  mutant("giveBack.ts", "left -= quantity", "left -= 1", "No more is given back than was asked"),
  mutant("substitute.ts", "leaf.available - before)", "leaf.available)", "A substitute is taken once"),
  mutant(
    "substitute.ts",
    "leaf.key.variation === line.variation && barOf",
    "barOf",
    "A substitute is of the same variation"
  ),
  mutant(
    "reallocate.ts",
    "leaf.available - takenFrom(decision, leaf.key)",
    "leaf.available",
    "What was kept anew is not kept twice"
  ),
  mutant(
    "reallocate.ts",
    "!(leaf.key.location === line.location && leaf.key.batch === line.batch) &&",
    "",
    "Reallocating goes elsewhere"
  ),
  mutant("lapse.ts", "facts.expiresAt <= now", "facts.expiresAt < now", "A batch is expired from its expiry on"),
  mutant("lapse.ts", 'if (facts.quarantined) return "quarantined"', "", "Nothing of a recalled batch is sold"),
  // Guards and places.
  mutant(
    "guard.ts",
    "found === undefined || found.organization !== organization",
    "found === undefined",
    "Another organization's item is unknown"
  ),
  mutant(
    "guard.ts",
    "state.items.get(item)?.organization !== organization",
    "!state.items.has(item)",
    "No line names another organization's item"
  ),
  mutant(
    "guard.ts",
    "state.locations.get(location)?.organization !== organization",
    "!state.locations.has(location)",
    "No line names another organization's location"
  ),
  mutant("guard.ts", "state.items.get(item)?.active !== true", "false", "Nothing moves of a deleted item"),
  mutant("guard.ts", "state.locations.get(location)?.active !== true", "false", "Nothing moves at a closed location"),
  mutant(
    "guard.ts",
    "(facts.variation ?? variation) === variation",
    "true",
    "A batch of a variation goes with no other"
  ),
  // Adjusting.
  mutant(
    "adjust.ts",
    "command.expected !== undefined && command.expected !== actual",
    "false",
    "A compare-and-set compares"
  ),
  mutant(
    "adjust.ts",
    "command.quantity - actual, location",
    "command.quantity, location",
    "Set makes it exactly so many"
  ),
  mutant("adjust.ts", "evolve(scratch, step, now, null)", "", "A later line sees what an earlier one changed"),
  mutant(
    "overdraw.ts",
    "Math.min(over, there) < -item.negativeLimit",
    "Math.max(over, there) < -item.negativeLimit",
    "No leaf falls below the floor"
  ),
  mutant(
    "overdraw.ts",
    "item === undefined || item.negativeLimit === 0",
    "item === undefined",
    "Zero is the floor unless the policy says otherwise",
    "the next check refuses the same: below zero is below a limit of zero"
  ),
  mutant(
    "book.ts",
    'wanted === "available" && key.batch !== null ? arrival(booking, key) : wanted',
    "wanted",
    "What comes in of an expired batch is not for sale"
  ),
  mutant("book.ts", "if (toOutside) left.onHand -= quantity", "", "A movement says what it leaves on hand"),
  mutant(
    "book.ts",
    "item.batches.get(selector.batch)?.variation ?? null",
    "null",
    "A batch brings its variation along"
  ),
  mutant(
    "book.ts",
    "committed + quarantined + before + quantity",
    "committed + quarantined + quantity",
    "Lines together do not overflow"
  ),
  mutant(
    "quarantine.ts",
    "if (held !== null) return Result.fail(held)",
    "",
    "Nothing that is held is written off with the rest"
  ),
  mutant(
    "evolve.ts",
    "if (leaf[state] < floor)",
    "if (false)",
    "Nothing falls below its floor, whatever a rule decided",
    "a second fence: the rules ask before, and the database after"
  ),
  mutant(
    "evolve.ts",
    "item.openedAt ??= now\n    touch(item, now, touched)\n  }\n  for (const hold",
    "item.openedAt = now\n    touch(item, now, touched)\n  }\n  for (const hold",
    "A record begins once"
  )
]
