/**
 * HTML from template literals. Every value is escaped unless it is `Html` made here, so that a name that
 * comes from a model, a client or a store is text and nothing else. What cannot be seen, or turns the
 * text around it, is shown by its code.
 */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Undefined is nothing at all: say what is not known in words. */
type Value = string | number | Html | readonly Html[] | undefined

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Control characters, marks of direction, and others that nobody sees. */
const unseen = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

export const escapeHtml = (text: string): string =>
  text
    .replace(unseen, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"'`]/g, (char) => entities[char] ?? '')

const written = (value: Value): string => {
  if (value === undefined) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'object') return value.map(({ text }) => text).join('')
  return escapeHtml(`${value}`)
}

/** An attribute that holds a value must have quotes in the template. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => {
  let text = parts[0] ?? ''
  for (const [i, value] of values.entries()) text += `${written(value)}${parts[i + 1] ?? ''}`
  return new Html(text)
}
