import type { Chance } from "./Chance.ts"
import { Entries, Raw } from "./json.ts"

/** Texts that something has choked on before. */
export const wildTexts = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "x\udc00y",
  "\ufeff",
  "\u202e\u0645",
  "e\u0301\u0301\u0301",
  "👩‍👩‍👧‍👦",
  "ﷺ",
  "İı",
  "ß",
  "\u2028",
  "\r\n",
  "NaN",
  "Infinity",
  "-0",
  "0x10",
  "1e400",
  "1_000",
  "１２",
  "null",
  "undefined",
  "true",
  "[object Object]",
  "__proto__",
  "constructor",
  "'; DROP TABLE items; --",
  '" OR ""="',
  "%",
  "%_%",
  "\\",
  "{{7*7}}",
  "<script>alert(1)</script>",
  "../../../../etc/passwd",
  "2025-02-30",
  "9999-12-31T23:59:60Z",
  "-271821-04-20",
  "+275760-09-13T00:00:00.001Z",
  "a@b",
  "x".repeat(255),
  "x".repeat(256),
  "x".repeat(5000),
  "é".repeat(2001)
] as const

const wildNumbers = [
  "0",
  "-0",
  "-1",
  "1.5",
  "0.1e-1000",
  "1e400",
  "-1e400",
  "1e21",
  "9007199254740991",
  "9007199254740992",
  "-9007199254740993",
  "9223372036854775807",
  "9223372036854775808",
  "2147483648",
  "99999999999999999999999999999999999999",
  "0.30000000000000004",
  "12345678901234.99",
  "1E+2"
] as const

/** No JSON, or JSON that some take for something else. */
const notJson = [
  "NaN",
  "Infinity",
  "01",
  "+1",
  ".5",
  "1.",
  "'x'",
  "undefined",
  "{a:1}",
  "[1,]",
  "/*x*/1",
  "\\u0031"
] as const

const names = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  "_tag",
  "",
  "\u0000",
  "a.b"
] as const

const deep = (open: string, close: string, depth: number): Raw => new Raw(open.repeat(depth) + close.repeat(depth))

/** Some value that a field was not made for. */
export const wildValue = (chance: Chance, depth = 0): unknown => {
  switch (chance.int(0, depth > 3 ? 5 : 9)) {
    case 0:
    case 1:
      return chance.pick(wildTexts)
    case 2:
    case 3:
      return new Raw(chance.pick(wildNumbers))
    case 4:
      return chance.pick([null, true, false])
    case 5:
      return chance.happens(0.2) ? new Raw(chance.pick(notJson)) : String(chance.int(-5, 500))
    case 6:
      return Array.from({ length: chance.int(0, 4) }, () => wildValue(chance, depth + 1))
    case 7:
      return wildObject(chance, depth + 1)
    case 8:
      return chance.happens(0.2) ? deep("[", "]", chance.pick([100, 10_000])) : []
    default:
      return chance.happens(0.2) ? deep('{"a":', "}", chance.pick([100, 10_000])) : {}
  }
}

/** An object of names that objects have already, some of them twice. */
export const wildObject = (chance: Chance, depth = 0): Entries =>
  new Entries(
    Array.from({ length: chance.int(0, 4) }, () => [chance.pick(names), wildValue(chance, depth + 1)] as const)
  )
