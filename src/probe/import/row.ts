/**
 * One row of a benchmark's file, read column by column: a missing or mistyped value is a fault with
 * file, row and column, and reads as undefined.
 */
import { didYouMean, nearest } from '../../did-you-mean.ts'
import type { ImportFaults } from './import-faults.ts'
import { wellFormed } from './well-formed.ts'

export class Row {
  readonly file: string
  /** As people count. */
  readonly row: string
  readonly #values: ReadonlyMap<string, unknown>
  readonly #faults: ImportFaults

  constructor(
    values: ReadonlyMap<string, unknown>,
    file: string,
    row: string,
    faults: ImportFaults,
  ) {
    this.#values = values
    this.file = file
    this.row = row
    this.#faults = faults
  }

  fault(column: string | undefined, reason: string): undefined {
    return this.#faults.add({ file: this.file, row: this.row, column }, reason)
  }

  has(column: string): boolean {
    return this.#values.has(column)
  }

  /** Undefined also for null, and for the empty cell of a CSV file. */
  value(column: string): unknown {
    const value = this.#values.get(column)
    return value === null || value === '' ? undefined : value
  }

  required(column: string): unknown {
    const value = this.value(column)
    if (value !== undefined) return value
    const known = this.#values.has(column)
    const near = known ? '' : didYouMean(nearest(column, this.#values.keys()))
    return this.fault(column, known ? 'is empty' : `is not there${near}`)
  }

  optionalText(column: string): string | undefined {
    const value = this.value(column)
    if (value === undefined) return undefined
    if (typeof value !== 'string') return this.fault(column, 'is not a text')
    return value.trim() === '' ? undefined : wellFormed(value)
  }

  text(column: string): string | undefined {
    if (this.required(column) === undefined) return undefined
    const value = this.value(column)
    if (typeof value === 'string' && value.trim() === '') return this.fault(column, 'is empty')
    return this.optionalText(column)
  }

  /** A name that may be a number in the file. */
  name(column: string): string | undefined {
    const value = this.required(column)
    if (value === undefined) return undefined
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
    return this.text(column)
  }

  oneOf<T extends string>(column: string, values: readonly T[]): T | undefined {
    const text = this.text(column)
    if (text === undefined) return undefined
    const found = values.find((value) => value.toLowerCase() === text.trim().toLowerCase())
    if (found !== undefined) return found
    return this.fault(column, `is ${shown(text)}, must be one of ${values.join(', ')}`)
  }

  number(column: string, min: number, max: number): number | undefined {
    const value = this.required(column)
    if (value === undefined) return undefined
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number === 'number' && number >= min && number <= max) return number
    return this.fault(column, `is ${shown(value)}, must be a number from ${min} to ${max}`)
  }

  whole(column: string, min: number, max: number): number | undefined {
    const number = this.number(column, min, max)
    if (number === undefined || Number.isInteger(number)) return number
    return this.fault(column, `is ${number}, must be a whole number`)
  }

  /** true, yes and 1 against false, no and 0, in letters of any case. */
  yesNo(column: string): boolean | undefined {
    const value = this.required(column)
    if (value === undefined) return undefined
    const word = typeof value === 'string' ? value.trim().toLowerCase() : value
    if (word === true || word === 1 || word === 'true' || word === 'yes' || word === '1')
      return true
    if (word === false || word === 0 || word === 'false' || word === 'no' || word === '0') {
      return false
    }
    return this.fault(column, `is ${shown(value)}, must be true or false`)
  }

  list(column: string): readonly unknown[] | undefined {
    const value = this.required(column)
    if (value === undefined) return undefined
    return Array.isArray(value) ? value : this.fault(column, 'is not a list')
  }

  texts(column: string): readonly string[] | undefined {
    const list = this.list(column)
    if (list === undefined) return undefined
    const texts = list.filter((text) => typeof text === 'string' && text.trim() !== '')
    if (texts.length !== list.length) return this.fault(column, 'must hold texts only')
    return texts.map((text) => wellFormed(String(text)))
  }
}

/** A value in a message: short, and without anything that acts on a terminal. */
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value)
  const short = text.length > 40 ? `${text.slice(0, 40)}...` : text
  return `"${short.replace(/\p{C}/gu, '?')}"`
}
