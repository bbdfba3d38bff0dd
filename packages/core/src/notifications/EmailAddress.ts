import { Schema } from "effect"

/** Neither blanks nor control characters, which could end a header, nor anything that an address would need to quote. */
const LOCAL = /^[^\s\p{C}@"(),:;<>[\]\\.]+(?:\.[^\s\p{C}@"(),:;<>[\]\\.]+)*$/u
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u

/** Whether a text is one e-mail address: RFC 5321's lengths; of RFC 5322's forms the dot-atom, which mailboxes have. */
export const isEmailAddress = (text: string): boolean => {
  const at = text.lastIndexOf("@")
  return at > 0 && at <= 64 && text.length <= 254 && LOCAL.test(text.slice(0, at)) && DOMAIN.test(text.slice(at + 1))
}

/** One e-mail address, without a name. */
export const EmailAddress = Schema.String.check(
  Schema.makeFilter((text: string) => isEmailAddress(text) || "Expected an e-mail address")
)
