/**
 * Rows of a file, one at a time: CSV with a header, JSON lines, a JSON list, or the lists of a JSON
 * object; by the ending of the name. A fault of the file ends the reading, one of a row does not.
 */
import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { nestsDeeperThan } from '../../decode/untrusted-json.ts'
import { didYouMean, nearest } from '../../did-you-mean.ts'
import { codeOf } from '../../error.ts'
import { CsvReader, type CsvRecord } from './csv.ts'
import type { ImportFaults } from './import-faults.ts'
import { type JsonElement, JsonElements } from './json-elements.ts'
import { Row } from './row.ts'

export interface RowsOptions {
  file: string
  faults: ImportFaults
  signal: AbortSignal
  /** Columns without which the file is another one; checked at the header of a CSV file. */
  columns: readonly string[]
  /** Of a JSON object: the list whose elements are the rows; others are left out. */
  list?: string
}

const lineCharsMax = 33_554_432
const depthMax = 64

/** A generator that ends early on a fault, which is noted. */
export function tableRows(options: RowsOptions): AsyncGenerator<Row, void> {
  switch (extname(options.file).toLowerCase()) {
    case '.csv':
      return csvRows(options)
    case '.jsonl':
    case '.ndjson':
      return lineRows(options)
    case '.json':
      return elementRows(options)
    default:
      return noRows(options)
  }
}

async function* noRows({ file, faults }: RowsOptions): AsyncGenerator<Row, void> {
  faults.add({ file }, 'is no .csv, .jsonl or .json file')
  yield* []
}

/** The text of a file in pieces; undefined pieces: it cannot be read on, and the fault is noted. */
async function* textOf({ file, faults, signal }: RowsOptions): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    for await (const chunk of createReadStream(file, { signal })) {
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  } catch (error) {
    if (signal.aborted) faults.add({ file }, 'the reading was interrupted')
    else if (error instanceof TypeError) faults.add({ file }, 'is not text in UTF-8')
    else faults.add({ file }, `cannot be read (${codeOf(error) ?? 'unknown error'})`)
  }
}

/** Records of a CSV file that has no header. */
export async function* lineRecords(options: RowsOptions): AsyncGenerator<CsvRecord, void> {
  const { file, faults } = options
  const reader = new CsvReader()
  for await (const text of textOf(options)) {
    yield* reader.push(text)
    if (faults.full || reader.fault !== undefined) break
  }
  yield* reader.end()
  if (reader.fault === undefined) return
  faults.add({ file, row: String(reader.fault.line) }, reader.fault.reason)
}

async function* csvRows(options: RowsOptions): AsyncGenerator<Row, void> {
  const { file, faults } = options
  const reader = new CsvReader()
  let header: readonly string[] | undefined
  let wrong = false
  const before = faults.count
  const rowsOf = function* (records: readonly CsvRecord[]): Generator<Row, void> {
    for (const { line, cells } of records) {
      if (header === undefined) {
        header = cells.map((cell) => cell.trim())
        wrong = !checkHeader(header, line, options)
        if (wrong) return
        continue
      }
      if (cells.length !== header.length) {
        const reason = `has ${cells.length} cells where the header has ${header.length}`
        faults.add({ file, row: String(line) }, reason)
        continue
      }
      const values = new Map(header.map((name, i) => [name, cells[i]] as const))
      yield new Row(values, file, String(line), faults)
    }
  }
  for await (const text of textOf(options)) {
    yield* rowsOf(reader.push(text))
    if (faults.full || wrong) return
    if (reader.fault !== undefined) break
  }
  if (reader.fault === undefined) yield* rowsOf(reader.end())
  if (reader.fault !== undefined) {
    faults.add({ file, row: String(reader.fault.line) }, reader.fault.reason)
  } else if (header === undefined && faults.count === before) faults.add({ file }, 'is empty')
}

function checkHeader(
  header: readonly string[],
  line: number,
  { file, faults, columns }: RowsOptions,
): boolean {
  const before = faults.count
  for (const [i, name] of header.entries()) {
    if (header.indexOf(name) !== i) {
      faults.add({ file, row: String(line), column: name }, 'stands twice in the header')
    }
  }
  for (const column of columns) {
    if (header.includes(column)) continue
    const near = didYouMean(nearest(column, header))
    faults.add({ file, row: String(line), column }, `is not in the header${near}`)
  }
  return faults.count === before
}

async function* lineRows(options: RowsOptions): AsyncGenerator<Row, void> {
  const { file, faults } = options
  let line = 0
  let rest = ''
  let rows = 0
  const before = faults.count
  const rowOf = (text: string): Row | undefined => {
    line++
    const read = line === 1 ? text.replace(/^\ufeff/, '') : text
    if (read.trim() === '') return undefined
    rows++
    return jsonRow(read, String(line), options)
  }
  for await (const text of textOf(options)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const one of lines) {
      const row = rowOf(one)
      if (row !== undefined) yield row
      if (faults.full) return
    }
    if (rest.length > lineCharsMax) {
      faults.add({ file, row: String(line + 1) }, `is over ${lineCharsMax} characters`)
      return
    }
  }
  const last = rest === '' ? undefined : rowOf(rest)
  if (last !== undefined) yield last
  if (rows === 0 && faults.count === before) faults.add({ file }, 'is empty')
}

async function* elementRows(options: RowsOptions): AsyncGenerator<Row, void> {
  const { file, faults, list } = options
  const reader = new JsonElements()
  let found = false
  const before = faults.count
  const rowsOf = function* (elements: readonly JsonElement[]): Generator<Row, void> {
    for (const { key, index, text } of elements) {
      if (index === undefined || (key !== undefined && key !== list)) continue
      found = true
      const row = jsonRow(text, `${key ?? ''}[${index}]`, options)
      if (row !== undefined) yield row
    }
  }
  let first = true
  for await (const text of textOf(options)) {
    yield* rowsOf(reader.push(first ? text.replace(/^\ufeff/, '') : text))
    first = false
    if (faults.full) return
    if (reader.fault !== undefined) break
  }
  if (faults.count > before && reader.fault === undefined) return
  reader.end()
  if (reader.fault !== undefined) faults.add({ file }, `is no valid JSON: it ${reader.fault}`)
  else if (!found) {
    const wanted =
      list === undefined ? 'a list with elements' : `a list, or an object with "${list}"`
    faults.add({ file }, `must be ${wanted}`)
  }
}

function jsonRow(text: string, row: string, { file, faults, columns }: RowsOptions) {
  if (nestsDeeperThan(text, depthMax)) {
    return faults.add({ file, row }, `is nested deeper than ${depthMax}`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return faults.add({ file, row }, 'is not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return faults.add({ file, row }, 'is not a JSON object')
  }
  const read = new Row(new Map(Object.entries(value)), file, row, faults)
  const missing = columns.filter((column) => !Object.hasOwn(value, column))
  if (missing.length === 0) return read
  for (const column of missing) read.required(column)
  return undefined
}
