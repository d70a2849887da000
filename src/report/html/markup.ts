/** HTML from values: every text that is not markup of ours goes through `text`. */
export const text = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** What is in it is markup already. */
export const tag = (name: string, inner: string, attributes = ''): string =>
  `<${name}${attributes === '' ? '' : ` ${attributes}`}>${inner}</${name}>`

export interface Column {
  head: string
  /** Right-aligned, and kept on one line. */
  isNumber?: boolean
}

/** Cells are markup. Wide ones scroll in their own box, which the keyboard reaches. */
export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string => {
  if (rows.length === 0) return ''
  const className = ({ isNumber }: Column): string => (isNumber === true ? 'class="n"' : '')
  const head = columns
    .map((column) => tag('th', text(column.head), `scope="col" ${className(column)}`.trim()))
    .join('')
  const body = rows
    .map((cells) => {
      const tds = cells.map((cell, i) => tag('td', cell, className(columns[i] ?? { head: '' })))
      return tag('tr', tds.join(''))
    })
    .join('\n')
  return `<div class="wide" role="region" tabindex="0" aria-label="${text(caption)}"><table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`
}

/** Of an entry, for `--explain`; links and findings lead to it. */
export const idTag = (id: string): string => `<code class="id" id="e-${id}">${id}</code>`

export const idLink = (id: string): string => `<a href="#e-${id}"><code>${id}</code></a>`

/** Their tables need the width of a sheet that lies. */
const broad: ReadonlySet<string> = new Set(['claims', 'episodes', 'movements', 'profile'])

export const section = (id: string, title: string, lead: string, inner: string): string =>
  `<section aria-labelledby="${id}"${broad.has(id) ? ' class="broad"' : ''}><h2 id="${id}">${text(title)}</h2>${lead === '' ? '' : tag('p', text(lead), 'class="lead"')}${inner}</section>`
