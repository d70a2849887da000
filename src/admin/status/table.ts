/** A table with its caption and scopes, in a region that scrolls by itself and by keyboard. */
import { type Html, html } from './html.ts'

export interface Column {
  head: string
  number?: boolean
  /** Left out where there is little room; what it says stands on a page of its own too. */
  wide?: boolean
}

export interface TableOptions {
  id: string
  caption: string
  /** Many columns: less room in each. */
  dense?: boolean
  columns: readonly Column[]
  /** The first cell names the row. */
  rows: readonly (readonly Html[])[]
}

const classOf = ({ number, wide }: Column): string =>
  [number === true ? 'num' : '', wide === true ? 'wide' : ''].join(' ').trim()

export function table({ id, caption, dense, columns, rows }: TableOptions): Html {
  const captionId = `${id}-caption`
  const size = dense === true ? html` class="dense"` : undefined
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${captionId}">
<table id="${id}"${size}><caption id="${captionId}">${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${classOf(column)}">${column.head}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell, i) => cellOf(cell, i, columns[i]))}</tr>
`,
  )}</tbody></table></div>`
}

const cellOf = (cell: Html, at: number, column: Column | undefined): Html => {
  const name = column === undefined ? '' : classOf(column)
  const attribute = name === '' ? undefined : html` class="${name}"`
  return at === 0
    ? html`<th scope="row"${attribute}>${cell}</th>`
    : html`<td${attribute}>${cell}</td>`
}

/** Names and what they are. */
export const facts = (rows: readonly (readonly [string, Html | string])[]): Html =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
