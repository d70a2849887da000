import fc from 'fast-check'
import t from 'tap'
import { CsvReader, type CsvRecord } from '../../../src/probe/import/csv.ts'

const readPieces = (pieces: readonly string[]) => {
  const reader = new CsvReader()
  const records: CsvRecord[] = []
  for (const piece of pieces) records.push(...reader.push(piece))
  records.push(...reader.end())
  return { records, fault: reader.fault }
}
const cellsOf = (text: string) => readPieces([text]).records.map(({ cells }) => cells)

t.test('quotes, doubled quotes, commas and line breaks stand in a cell', async (t) => {
  t.same(cellsOf('a,"b, ""c""\nd",e\n'), [['a', 'b, "c"\nd', 'e']])
  t.same(cellsOf('"",x,\r\n1,2,3'), [
    ['', 'x', ''],
    ['1', '2', '3'],
  ])
})

t.test('a byte order mark is dropped, and line ends of three kinds end a row', async (t) => {
  const expected = [
    ['a', 'b'],
    ['c', 'd'],
  ]
  for (const end of ['\n', '\r\n', '\r']) {
    t.same(cellsOf(`\ufeffa,b${end}c,d${end}`), expected, JSON.stringify(end))
  }
})

t.test(
  'a quote within an unquoted cell is a letter, blanks after a quoted one are dropped',
  async (t) => {
    t.same(cellsOf('he said "hi", x\n"a"  ,b\n'), [
      ['he said "hi"', ' x'],
      ['a', 'b'],
    ])
  },
)

t.test('a row has the line on which it begins, breaks within cells counted', async (t) => {
  const { records } = readPieces(['h\n"1\n2\n3"\n\nlast\n'])
  t.same(
    records.map(({ line }) => line),
    [1, 2, 6],
  )
})

t.test('an open quote and what follows a closing one are faults with their line', async (t) => {
  t.same(readPieces(['a\n"b\nc\n']).fault, {
    line: 2,
    reason: 'a quote is opened in this row and never closed',
  })
  t.same(readPieces(['a\n"b"c\n']).fault, {
    line: 2,
    reason: 'a cell goes on after its closing quote',
  })
  t.match(readPieces([`"${'x'.repeat(5_000_000)}`]).fault, { reason: /more than 4194304/ })
  t.match(readPieces([','.repeat(5_000_000)]).fault, { reason: /more than 4194304/ })
})

const cell = fc.string({
  unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '𝄞', '\t', ''),
})
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), {
  minLength: 1,
  maxLength: 8,
})
const cuts = fc.array(fc.nat(200), { maxLength: 6 })

const written = (rows: readonly (readonly string[])[], end: string): string =>
  rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + end).join('')

t.test('what was written is read again, however the text is cut into pieces', async (t) => {
  fc.assert(
    fc.property(table, cuts, fc.constantFrom('\n', '\r\n'), (rows, at, end) => {
      const text = written(rows, end)
      const places = [
        0,
        ...at.map((one) => one % (text.length + 1)).sort((a, b) => a - b),
        text.length,
      ]
      const pieces = places.slice(1).map((to, i) => text.slice(places[i], to))
      const { records, fault } = readPieces(pieces)
      t.equal(fault, undefined)
      return JSON.stringify(records.map(({ cells }) => cells)) === JSON.stringify(rows)
    }),
    { numRuns: 500, seed: 7 },
  )
})

t.test('no text at all makes it throw, and pieces do not change what is read', async () => {
  const noise = fc.string({
    unit: fc.constantFrom('"', ',', '\n', '\r', 'x', ' ', '\ufeff'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(noise, (text) => {
      const whole = readPieces([text])
      const letters = readPieces(text.split(''))
      return JSON.stringify(whole) === JSON.stringify(letters)
    }),
    { numRuns: 2000, seed: 11 },
  )
})
