/** A long list in pages of so many rows, and the links between them. */
import { type Html, html } from './html.ts'
import { count } from './numbers.ts'

export interface Paged<T> {
  shown: readonly T[]
  /** `51 to 100 of 1,000` */
  range: string
  at: number
  last: number
}

/** @param page from 1; one that does not exist is the nearest */
export function paged<T>(rows: readonly T[], page: number, size: number): Paged<T> {
  const last = Math.max(1, Math.ceil(rows.length / size))
  const at = Math.min(Math.max(1, Math.floor(page)), last)
  const before = (at - 1) * size
  const shown = rows.slice(before, before + size)
  const first = count(before + Math.min(1, rows.length))
  return {
    shown,
    at,
    last,
    range: `${first} to ${count(before + shown.length)} of ${count(rows.length)}`,
  }
}

/** Undefined: all of it is on one page. */
export function pageLinks(
  { at, last }: Pick<Paged<unknown>, 'at' | 'last'>,
  { url, name }: { url: string; name: string },
): Html | undefined {
  if (last === 1) return undefined
  const link = (to: number, text: string): Html | undefined =>
    to < 1 || to > last ? undefined : html`<a href="${url}?page=${to}">${text}</a> `
  return html`<nav aria-label="${name}"><p>${link(at - 1, 'Previous')} page ${at} of ${last} ${link(at + 1, 'Next')}</p></nav>`
}
