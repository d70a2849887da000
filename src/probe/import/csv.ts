/**
 * Comma-separated values (RFC 4180) piece by piece: quoted cells with commas, doubled quotes and
 * line breaks in them, any of the three line ends, a byte order mark. A quote inside of a cell that
 * does not begin with one is a letter; blanks after a closing quote are dropped. Holds one record at
 * a time, up to a limit.
 */

export interface CsvRecord {
  /** Line of the file on which the record begins, from 1. */
  line: number
  cells: string[]
}

export interface CsvFault {
  line: number
  reason: string
}

const recordCharsMax = 4_194_304

const quote = 0x22
const comma = 0x2c
const newline = 0x0a
const carriageReturn = 0x0d
const space = 0x20
const tab = 0x09

export class CsvReader {
  /** What ended the reading; undefined while all is well. */
  fault: CsvFault | undefined
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  #cells: string[] = []
  #cell = ''
  #chars = 0
  #line = 1
  #recordLine = 1
  #first = true
  /** The line feed of a pair: its carriage return has ended the record. */
  #skipNewline = false

  /** The records that end in this piece. */
  push(piece: string): CsvRecord[] {
    const records: CsvRecord[] = []
    let text = piece
    if (this.#first && text !== '') {
      this.#first = false
      if (text.startsWith('\ufeff')) text = text.slice(1)
    }
    let at = 0
    while (at < text.length && this.fault === undefined) {
      at = this.#state === 'quoted' ? this.#inQuotes(text, at) : this.#outside(text, at, records)
    }
    return records
  }

  /** What the end of the file completes. */
  end(): CsvRecord[] {
    const records: CsvRecord[] = []
    if (this.fault !== undefined) return records
    if (this.#state === 'quoted') {
      this.#fail('a quote is opened in this row and never closed', this.#recordLine)
    } else if (this.#state !== 'start' || this.#cells.length > 0) this.#endRecord(records)
    return records
  }

  #fail(reason: string, line = this.#line): void {
    this.fault ??= { line, reason }
  }

  #add(text: string): void {
    this.#cell += text
    this.#grow(text.length)
  }

  #grow(chars: number): void {
    this.#chars += chars
    if (this.#chars <= recordCharsMax) return
    this.#fail(`a row of more than ${recordCharsMax} characters`, this.#recordLine)
  }

  #inQuotes(text: string, from: number): number {
    const found = text.indexOf('"', from)
    const end = found < 0 ? text.length : found
    for (let i = from; i < end; i++) if (text.charCodeAt(i) === newline) this.#line++
    this.#add(text.slice(from, end))
    if (found < 0) return end
    this.#state = 'closed'
    return found + 1
  }

  #outside(text: string, at: number, records: CsvRecord[]): number {
    const code = text.charCodeAt(at)
    if (this.#skipNewline) {
      this.#skipNewline = false
      if (code === newline) return at + 1
    }
    switch (code) {
      case comma:
        this.#endCell()
        return at + 1
      case newline:
      case carriageReturn:
        this.#endRecord(records)
        this.#line++
        this.#recordLine = this.#line
        this.#skipNewline = code === carriageReturn
        return at + 1
      case quote:
        return this.#atQuote(at)
    }
    if (this.#state === 'closed') {
      if (code === space || code === tab) return at + 1
      this.#fail('a cell goes on after its closing quote')
      return at
    }
    this.#state = 'plain'
    let end = at + 1
    while (end < text.length && !isSpecial(text.charCodeAt(end))) end++
    this.#add(text.slice(at, end))
    return end
  }

  #atQuote(at: number): number {
    if (this.#state === 'start') this.#state = 'quoted'
    else {
      // Doubled it is one quote of the cell; in an unquoted cell it is a letter.
      if (this.#state === 'closed') this.#state = 'quoted'
      this.#add('"')
    }
    return at + 1
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ''
    this.#state = 'start'
    this.#grow(1)
  }

  #endRecord(records: CsvRecord[]): void {
    const blank = this.#cells.length === 0 && this.#state === 'start'
    this.#cells.push(this.#cell)
    if (!blank) records.push({ line: this.#recordLine, cells: this.#cells })
    this.#cells = []
    this.#cell = ''
    this.#chars = 0
    this.#state = 'start'
  }
}

const isSpecial = (code: number): boolean =>
  code === comma || code === newline || code === carriageReturn || code === quote
