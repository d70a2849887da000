/** Ids of imported items: the same for the same row of the same set, whatever stands around it. */
import { createHash } from 'node:crypto'
import type { Category } from '../category.ts'
import type { Row } from './row.ts'

const nameCharsMax = 80

/** Words joined by "-", as suites want them; '' when nothing is left. */
export const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, nameCharsMax)
    .replace(/^-+|-+$/g, '')

/** For a row without an id of its own. */
export const textName = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12)

export class ItemIds {
  readonly #prefix: string
  readonly #seen = new Map<string, string>()

  constructor(category: Category, benchmark: string) {
    this.#prefix = `${category}-${benchmark}`
  }

  /** Undefined: another row has it already, which is a fault. */
  of(name: string, row: Row, column: string | undefined): string | undefined {
    const short = slug(name)
    if (short === '') return row.fault(column, 'has neither a letter nor a digit for an id')
    const id = `${this.#prefix}-${short}`
    const earlier = this.#seen.get(id)
    if (earlier !== undefined) return row.fault(column, `stands twice, first at ${earlier}`)
    this.#seen.set(id, `${row.file}:${row.row}`)
    return id
  }

  /** Whether a row of the same text has been there. */
  has(name: string): boolean {
    return this.#seen.has(`${this.#prefix}-${slug(name)}`)
  }
}
