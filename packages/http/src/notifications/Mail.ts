import { isEmailAddress, type Notice } from "@stockbook/core"

/** An e-mail to one recipient. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
}

/** Puts a notice into words. Given the same notice it gives the same mail. */
export type Template = (notice: Notice) => Mail

/** The template of each kind of notice. */
export type Templates = Readonly<Record<string, Template>>

/** A text that stays in its header: neither line breaks nor other control characters, runs of blanks as one. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ").trim()

/** The mail of a notice, fit to be sent; a text that says why there is none. */
export const compose = (templates: Templates, notice: Notice): Mail | string => {
  const template = Object.hasOwn(templates, notice.kind) ? templates[notice.kind] : undefined
  if (template === undefined) return `there is no template for ${notice.kind}`
  try {
    const mail = template(notice)
    if (!isEmailAddress(mail.to)) return "the template names no e-mail address to send it to"
    return { ...mail, subject: oneLine(mail.subject) }
  } catch {
    return `the template for ${notice.kind} failed`
  }
}
