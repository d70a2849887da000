import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { bundledSuites } from '../../../src/probe/bundled.ts'
import { ImportOutput } from '../../../src/probe/import/import-output.ts'

const opened = (place: string): ImportOutput => {
  const output = ImportOutput.create(place)
  if (typeof output === 'string') throw new Error(output)
  return output
}

t.test('nothing stands at the place until all is written, then everything', async (t) => {
  const place = join(t.testdir(), 'deep', 'out')
  const output = opened(place)
  const lines = output.lines('a.jsonl')
  lines.write({ a: 'ä' })
  lines.write({ a: 2 })
  t.notOk(existsSync(place))
  t.equal(output.finish(), undefined)
  t.same(readdirSync(place), ['a.jsonl'])
  t.same(output.written, [{ name: 'a.jsonl', kind: 'lines', count: 2 }])
  t.same(readdirSync(join(place, '..')), ['out'], 'and no draft beside it')
})

t.test('what is discarded leaves no trace', async (t) => {
  const folder = t.testdir()
  const output = opened(join(folder, 'out'))
  output.lines('a.jsonl').write({ a: 1 })
  output.discard()
  t.same(readdirSync(folder), [])
})

t.test('an empty folder may be the place, a full one or a file may not', async (t) => {
  const folder = t.testdir({ empty: {}, full: { a: 'x' }, file: 'x' })
  t.equal(opened(join(folder, 'empty')).finish(), undefined)
  t.equal(ImportOutput.create(join(folder, 'full')), 'is there already and not empty')
  t.equal(ImportOutput.create(join(folder, 'file')), 'cannot be written (ENOTDIR)')
})

t.test('a place that was filled meanwhile keeps what it has', async (t) => {
  const folder = t.testdir()
  const output = opened(join(folder, 'out'))
  output.lines('a.jsonl').write({ a: 1 })
  mkdirSync(join(folder, 'out'))
  writeFileSync(join(folder, 'out', 'theirs'), 'x')
  t.match(output.finish(), /^cannot be written \(/)
  t.same(readdirSync(join(folder, 'out')), ['theirs'])
  t.same(readdirSync(folder), ['out'])
})

t.test("the package's own suites take no set of others, not even through a link", async (t) => {
  const refused = "is in the package's own suites, which hold no set of others"
  t.equal(ImportOutput.create(bundledSuites), refused)
  t.equal(ImportOutput.create(join(bundledSuites, 'harmbench', 'deeper')), refused)
  const folder = t.testdir()
  symlinkSync(bundledSuites, join(folder, 'link'))
  t.equal(ImportOutput.create(join(folder, 'link', 'harmbench')), refused)
  const beside = ImportOutput.create(join(folder, 'suites-of-mine'))
  t.not(typeof beside, 'string')
  if (typeof beside !== 'string') beside.discard()
})
