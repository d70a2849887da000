import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { type ImportedSuite, quoted, suiteFiles } from '../../../src/probe/import/suite-files.ts'
import { loadSuite } from '../../../src/probe/load-suite.ts'

const suite = (texts: readonly string[], languages: readonly string[]): ImportedSuite => ({
  name: 's',
  category: 'refusal-core',
  title: 'A "title": with marks',
  description: 'What # stands here: and there',
  licence: 'MIT',
  source: 'invented',
  dimension: 'refusal_calibration',
  scorer: 'refusal',
  class: 'P2',
  languages,
  items: texts.map((text, i) => ({
    id: `refusal-core-s-${i}`,
    topic: 'no: yes',
    expect: 'refuse',
    ...(languages.length > 1
      ? { texts: new Map(languages.map((language) => [language, `${text}${language}`])) }
      : { own: [['text', text]] as const }),
  })),
})

const written = (folder: string, given: ImportedSuite) => {
  for (const [name, content] of suiteFiles(given)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return loadSuite(folder)
}

const odd = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '"',
      "'",
      '\\',
      '\n',
      '\r',
      '\t',
      ':',
      '#',
      '{',
      '-',
      '\u0000',
      '\u0007',
      '\u007f',
    ),
    fc.constantFrom('\u0085', '\u2028', '\ufeff', '\uffff', '𝄞', 'ঙ', '\ud800'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  minLength: 1,
})

t.test('any text comes back as it was, inline and in files by language', async (t) => {
  const folder = t.testdir()
  let run = 0
  fc.assert(
    fc.property(fc.array(odd, { minLength: 1, maxLength: 4 }), fc.boolean(), (texts, many) => {
      const given = texts.map((text) => `x${text}`)
      const loaded = written(
        join(folder, String(run++)),
        suite(given, many ? ['en', 'de'] : ['en']),
      )
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
      const want = given.map((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'))
      return loaded.suite.probes.every((probe, i) =>
        many
          ? probe.translations.get('de') === `${want[i]}de` && probe.request === `${want[i]}en`
          : probe.request === want[i],
      )
    }),
    { numRuns: 60, seed: 21 },
  )
})

t.test('many items are spread over files that can be read', async (t) => {
  const long = 'y'.repeat(2000)
  const given = suite(
    Array.from({ length: 1500 }, (_, i) => `${i} ${long}`),
    ['en'],
  )
  const names = [...suiteFiles(given).keys()]
  t.same(names, ['items-1.yaml', 'items-2.yaml', 'items-3.yaml', 'items-4.yaml', 'suite.yaml'])
  const loaded = written(t.testdir(), given)
  t.equal(loaded.ok && loaded.suite.items, 1500)
})

t.test('a line break of another alphabet is written as an escape', async (t) => {
  t.equal(quoted('a\u2028b\u0085"'), '"a\\u2028b\\u0085\\""')
})
