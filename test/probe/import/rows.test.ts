import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ImportFaults } from '../../../src/probe/import/import-faults.ts'
import { type RowsOptions, tableRows } from '../../../src/probe/import/rows.ts'

const given = (folder: string, name: string, content: string | Uint8Array): RowsOptions => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return { file, faults: new ImportFaults(), signal: new AbortController().signal, columns: ['a'] }
}
const all = async (options: RowsOptions): Promise<unknown[]> => {
  const values: unknown[] = []
  for await (const row of tableRows(options)) values.push(row.value('a'))
  return values
}
const faultsOf = ({ file, faults }: RowsOptions): string[] =>
  faults.texts.map((text) => text.replace(file, 'f'))

t.test('the same rows are read from CSV, lines, a list and a list of an object', async (t) => {
  const folder = t.testdir()
  const files: [string, string][] = [
    ['f.csv', '\ufeffb,a\r\n,1\r\n,2\r\n'],
    ['f.jsonl', '\ufeff{"a": "1"}\n\n{"a": "2"}'],
    ['f.json', '\ufeff[{"a": "1"}, {"a": "2"}]'],
    ['g.json', '{"other": [1], "rows": [{"a": "1"}, {"a": "2"}]}'],
  ]
  for (const [name, content] of files) {
    const options = { ...given(folder, name, content), list: 'rows' }
    t.same(await all(options), ['1', '2'], name)
    t.same(faultsOf(options), [], name)
  }
})

t.test('a row is handed on before what follows it is read', async (t) => {
  const folder = t.testdir()
  const long = 'x'.repeat(2_000_000)
  const files: [string, string, string][] = [
    ['f.csv', `a\nfirst\n"${long}"y\n`, 'f:3: a cell goes on after its closing quote'],
    ['f.jsonl', `{"a": "first"}\n${long}\n`, 'f:2: is not valid JSON'],
    ['f.json', `[{"a": "first"}, "${long}"}`, 'f: is no valid JSON: it a "[" is closed by a "}"'],
  ]
  for (const [name, content, fault] of files) {
    const options = given(folder, name, content)
    const rows = tableRows(options)
    const first = await rows.next()
    t.equal(first.value?.value('a'), 'first', name)
    t.equal(options.faults.count, 0, `${name}: the fault is further on`)
    t.ok((await rows.next()).done, name)
    t.same(faultsOf(options), [fault])
  }
})

t.test('bytes that are no UTF-8 are refused, and not replaced', async (t) => {
  const options = given(t.testdir(), 'f.csv', Uint8Array.from([0x61, 0x0a, 0xff, 0x0a]))
  t.same(await all(options), [])
  t.same(faultsOf(options), ['f: is not text in UTF-8'])
})

t.test('a header with a column twice, or without one, is refused before any row', async (t) => {
  const folder = t.testdir()
  const twice = given(folder, 'f.csv', 'a,b,a\n1,2,3\n')
  t.same(await all(twice), [])
  t.same(faultsOf(twice), ['f:1: column a: stands twice in the header'])
  const without = given(folder, 'g.csv', 'b\n1\n')
  t.same(await all(without), [])
  t.same(faultsOf(without), ['f:1: column a: is not in the header; did you mean b?'])
})

t.test('what nests too deep, or is no object, is a fault of its row alone', async (t) => {
  const deep = `${'['.repeat(70)}${']'.repeat(70)}`
  const options = given(t.testdir(), 'f.jsonl', `{"a": ${deep}}\n"a"\n{"b": 1}\n{"a": "last"}\n`)
  t.same(await all(options), ['last'])
  t.same(faultsOf(options), [
    'f:1: is nested deeper than 64',
    'f:2: is not a JSON object',
    'f:3: column a: is not there; did you mean b?',
  ])
})

t.test('an interrupted reading says so', async (t) => {
  const stop = new AbortController()
  const options = { ...given(t.testdir(), 'f.csv', 'a\n1\n'), signal: stop.signal }
  stop.abort()
  t.same(await all(options), [])
  t.same(faultsOf(options), ['f: the reading was interrupted'])
})
