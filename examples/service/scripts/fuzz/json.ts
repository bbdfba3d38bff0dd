import { Predicate } from "effect"

/** A piece of JSON text, or of what is none, as it stands. */
export class Raw {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** An object with names twice, and names that objects have already. */
export class Entries {
  readonly all: ReadonlyArray<readonly [name: string, value: unknown]>

  constructor(all: ReadonlyArray<readonly [name: string, value: unknown]>) {
    this.all = all
  }
}

/** The text of a value, which may hold pieces that are no JSON. */
export const render = (value: unknown): string => {
  if (value instanceof Raw) return value.text
  if (value instanceof Entries) {
    return `{${value.all.map(([name, each]) => `${JSON.stringify(name)}:${render(each)}`).join(",")}}`
  }
  if (Array.isArray(value)) return `[${value.map(render).join(",")}]`
  if (Predicate.isObject(value)) return render(new Entries(Object.entries(value)))
  return JSON.stringify(value) ?? "null"
}
