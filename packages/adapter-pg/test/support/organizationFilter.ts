import { parse } from "libpg-query"

/** The name of the column with the organization, for every table that has one. */
export type OrganizationColumns = ReadonlyMap<string, string>

/** What Postgres calls the rows a trigger is about; they are what the statement that fired it wrote. */
const transitionTables = new Set(["added", "changed"])

/**
 * What the organization of a table must be said to equal:
 * - `any`: something that is not of the table itself, such as one of many organizations of a mixed batch;
 * - `one`: a parameter or a constant, or the organization of a table of which that is said. A planner that sends
 *   statements to shards knows from it where to.
 */
export type Strictness = "any" | "one"

/**
 * The tables of which a statement reads, changes or inserts rows without an equality that says of which organization;
 * those without organizations among them. Postgres's own parser reads the statement; one it cannot read is an error.
 */
export const unscopedTables = async (
  statement: string,
  strictness: Strictness,
  columns: OrganizationColumns
): Promise<ReadonlyArray<string>> => {
  const { stmts } = await parse(statement).catch(() =>
    // The text of an expression in PL/pgSQL is that of a SELECT without the word.
    parse(`SELECT ${statement}`)
  )
  const walk = new Walk(strictness, columns)
  for (const { stmt } of stmts ?? []) walk.statement(stmt, null, new Set())
  return Array.from(walk.found).sort()
}

/** What a statement's level reads from: a table, or something else with columns. */
interface Source {
  readonly alias: string
  readonly table: string | null
  /** Whether the organization of the table is said. */
  scoped: boolean
}

interface Level {
  readonly sources: ReadonlyArray<Source>
  readonly outer: Level | null
}

/** `left = right`; of the outer side of an outer join it says nothing, so it may be about some sources only. */
interface Equality {
  readonly sides: readonly [unknown, unknown]
  readonly about: ReadonlySet<string> | null
}

type Node = Readonly<Record<string, unknown>>

class Walk {
  readonly found = new Set<string>()
  readonly #strictness: Strictness
  readonly #columns: OrganizationColumns

  constructor(strictness: Strictness, columns: OrganizationColumns) {
    this.#strictness = strictness
    this.#columns = columns
  }

  /** A whole statement, or a query within one. */
  statement(wrapped: unknown, outer: Level | null, given: ReadonlySet<string>): void {
    const [kind, node] = unwrap(wrapped)
    const ctes = this.#ctes(node, outer, given)
    if (kind === "SelectStmt") this.#select(node, outer, ctes)
    else if (kind === "UpdateStmt")
      this.#level(node, [{ RangeVar: node["relation"] }, ...list(node["fromClause"])], outer, ctes)
    else if (kind === "DeleteStmt")
      this.#level(node, [{ RangeVar: node["relation"] }, ...list(node["usingClause"])], outer, ctes)
    else if (kind === "InsertStmt") this.#insert(node, outer, ctes)
    else throw new Error(`${kind} is not looked into`)
  }

  #ctes(node: Node, outer: Level | null, given: ReadonlySet<string>): ReadonlySet<string> {
    const known = new Set(given)
    const ctes = list(field(node["withClause"], "ctes"))
    if (field(node["withClause"], "recursive") === true) {
      for (const cte of ctes) known.add(String(unwrap(cte)[1]["ctename"]))
    }
    for (const cte of ctes) {
      const [, { ctename, ctequery }] = unwrap(cte)
      this.statement(ctequery, outer, known)
      known.add(String(ctename))
    }
    return known
  }

  /** Answers, of each of the queries that the SELECT unites, its columns and the level they are read at. */
  #select(
    node: Node,
    outer: Level | null,
    ctes: ReadonlySet<string>
  ): ReadonlyArray<readonly [ReadonlyArray<unknown>, Level]> {
    if (isNode(node["larg"]) && isNode(node["rarg"])) {
      return [node["larg"], node["rarg"]].flatMap((side) => this.#select(side, outer, this.#ctes(side, outer, ctes)))
    }
    const level = this.#level(node, list(node["fromClause"]), outer, ctes)
    const rows = list(node["valuesLists"]).map((row) => list(field(unwrap(row)[1], "items")))
    const columns = list(node["targetList"]).map((target) => field(unwrap(target)[1], "val"))
    return [...rows, ...(rows.length === 0 ? [columns] : [])].map((values) => [values, level] as const)
  }

  #insert(node: Node, outer: Level | null, ctes: ReadonlySet<string>): void {
    const table = String(field(node["relation"], "relname"))
    const column = this.#columns.get(table)
    const place = list(node["cols"]).findIndex((target) => field(unwrap(target)[1], "name") === column)
    const [, select] = unwrap(node["selectStmt"])
    const inserted = this.#select(select, outer, this.#ctes(select, outer, ctes))
    const keys = list(field(field(node["onConflictClause"], "infer"), "indexElems"))
    const inKey = keys.length === 0 || keys.some((key) => field(unwrap(key)[1], "name") === column)
    const said = inserted.every(([values, level]) => this.#isSaid(values[place], level))
    if (column === undefined || place < 0 || !inKey || !said) this.found.add(table)
    this.#within(node["onConflictClause"], { sources: [], outer }, ctes)
  }

  #level(node: Node, from: ReadonlyArray<unknown>, outer: Level | null, ctes: ReadonlySet<string>): Level {
    const sources: Array<Source> = []
    const equalities: Array<Equality> = []
    for (const each of from) this.#source(each, sources, equalities, ctes)
    equalities.push(...equalitiesIn(node["whereClause"], null))
    const level: Level = { sources, outer }
    for (let settled = false; !settled; ) {
      settled = true
      for (const source of sources) {
        if (source.scoped || !equalities.some((equality) => this.#says(equality, source, level))) continue
        source.scoped = true
        settled = false
      }
    }
    for (const { table, scoped } of sources) if (table !== null && !scoped) this.found.add(table)
    for (const [key, value] of Object.entries(node)) {
      if (key !== "withClause" && key !== "relation") this.#within(value, level, ctes)
    }
    return level
  }

  #source(wrapped: unknown, sources: Array<Source>, equalities: Array<Equality>, ctes: ReadonlySet<string>): void {
    const [kind, node] = unwrap(wrapped)
    if (kind === "JoinExpr") {
      this.#source(node["larg"], sources, equalities, ctes)
      const before = sources.length
      this.#source(node["rarg"], sources, equalities, ctes)
      const inner = new Set(sources.slice(before).map(({ alias }) => alias))
      const about =
        node["jointype"] === "JOIN_INNER" ? null : node["jointype"] === "JOIN_LEFT" ? inner : new Set<string>()
      equalities.push(...equalitiesIn(node["quals"], about))
      return
    }
    const named = field(node["alias"], "aliasname")
    const name = kind === "RangeVar" ? String(node["relname"]) : null
    const known = name === null || ctes.has(name) || transitionTables.has(name) || name.startsWith("pg_")
    sources.push({ alias: String(named ?? name), table: known ? null : name, scoped: false })
  }

  /** Whether an equality says of which organization a table's rows are. */
  #says({ sides, about }: Equality, source: Source, level: Level): boolean {
    if (source.table === null || (about !== null && !about.has(source.alias))) return false
    const [left, right] = sides
    return (
      (this.#isOrganizationOf(left, source, level) && this.#isSaid(right, level)) ||
      (this.#isOrganizationOf(right, source, level) && this.#isSaid(left, level))
    )
  }

  #isOrganizationOf(expression: unknown, { alias, table }: Source, level: Level): boolean {
    const column = this.#columns.get(table ?? "")
    const [first, second] = columnIn(expression)
    if (column === undefined || first === undefined) return false
    if (second !== undefined) return first === alias && second === column
    return first === column && level.sources.filter((source) => source.table !== null).length === 1
  }

  /** Whether the value of an expression is settled by something else than the rows of the table it is compared with. */
  #isSaid(expression: unknown, level: Level): boolean {
    const [kind, node] = unwrap(expression)
    if (kind === "ParamRef" || kind === "A_Const") return true
    if (kind === "TypeCast") return this.#isSaid(node["arg"], level)
    const [first, second] = columnIn(expression)
    if (second !== undefined) {
      for (let at: Level | null = level; at !== null; at = at.outer) {
        const source = at.sources.find(({ alias }) => alias === first)
        if (source === undefined) continue
        if (source.table === null) return this.#strictness === "any"
        return source.scoped && second === this.#columns.get(source.table)
      }
    }
    if (first !== undefined && Array.from(this.#columns.values()).includes(first)) {
      return this.#strictness === "any" && level.sources.every(({ table }) => table === null)
    }
    return this.#strictness === "any"
  }

  /** Looks into the queries within an expression or another source. */
  #within(value: unknown, level: Level, ctes: ReadonlySet<string>): void {
    if (Array.isArray(value)) for (const each of value) this.#within(each, level, ctes)
    if (!isNode(value)) return
    for (const [key, inner] of Object.entries(value)) {
      if (key === "SelectStmt") this.statement({ SelectStmt: inner }, level, ctes)
      else this.#within(inner, level, ctes)
    }
  }
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value)

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const field = (value: unknown, name: string): unknown => (isNode(value) ? value[name] : undefined)

/** A node of the tree is an object whose only field is named after its kind. */
const unwrap = (wrapped: unknown): readonly [kind: string, node: Node] => {
  const [[kind, node] = ["", {}]] = isNode(wrapped) ? Object.entries(wrapped) : []
  return [kind, isNode(node) ? node : {}]
}

/** `organization` or `alias.organization`, in its parts; nothing if it is no column. */
const columnIn = (expression: unknown): ReadonlyArray<string> => {
  const [kind, { fields }] = unwrap(expression)
  return kind === "ColumnRef" ? list(fields).map((part) => String(field(unwrap(part)[1], "sval"))) : []
}

/** The equalities that all have to hold for a condition to hold. */
const equalitiesIn = (condition: unknown, about: ReadonlySet<string> | null): ReadonlyArray<Equality> => {
  const [kind, node] = unwrap(condition)
  if (kind === "BoolExpr" && node["boolop"] === "AND_EXPR") {
    return list(node["args"]).flatMap((part) => equalitiesIn(part, about))
  }
  const operator = field(unwrap(list(node["name"]).at(-1))[1], "sval")
  return kind === "A_Expr" && node["kind"] === "AEXPR_OP" && operator === "="
    ? [{ sides: [node["lexpr"], node["rexpr"]], about }]
    : []
}
