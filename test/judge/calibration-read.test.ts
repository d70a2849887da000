import fc from 'fast-check'
import t from 'tap'
import { parseCalibration } from '../../src/judge/calibration-read.ts'
import { calibrationText } from '../../src/judge/calibration-write.ts'
import { exampleCalibration } from './calibration-example.ts'

const none = () => ({ sensitivity: undefined, specificity: undefined, ac1: undefined })
const good = calibrationText(exampleCalibration, none)

const faultsOf = (text: string): string[] => {
  const read = parseCalibration(text)
  return read.ok ? [] : read.faults.map(({ key, reason }) => `${key}: ${reason}`)
}

/** The good file with one thing changed. */
const changed = (from: string, to: string): string[] => {
  if (!good.includes(from)) throw new Error(`not in the file: ${from}`)
  return faultsOf(good.replace(from, to))
}

void t.test('a byte order mark does no harm', async (t) => {
  t.same(faultsOf(`\ufeff${good}`), [])
})

void t.test('each fault is named by its key', async (t) => {
  const faults: [string, string, string][] = [
    ['"holdfast-calibration"', '"other"', 'format: is not "holdfast-calibration"'],
    ['"format_version": 1', '"format_version": 2', 'format_version: is not 1'],
    ['"id": "lexical"', '"id": "lex ical"', 'judge.id: is not a name'],
    ['"id": "lexical",', '', 'judge.id: is missing'],
    ['"version": "0123456789ab"', '"version": 7', 'judge.version: is not a version'],
    ['"made_at": "2026-11-21', '"made_at": "yesterday', 'made_at: is not a time in UTC'],
    ['"made_at": "2026-11-21', '"made_at": "2026-13-45', 'made_at: is not a time in UTC'],
    ['"independent"', '"mine"', 'labels: is not one of independent, own'],
    ['"labels": "independent",', '', 'labels: is missing'],
    ['labels.jsonl', '../labels.jsonl', 'files[0].name: is not a file name without folders'],
    ['"rows": 520', '"rows": -1', 'files[0].rows: is not a count'],
    ['"sha256": "ab', '"sha256": "zz', 'files[0].sha256: is not a SHA-256'],
    [
      '"language":"en","family":"gpt-4"',
      '"language":"e"',
      'entries[4].language: is not a language code',
    ],
    [
      '"family":"mistral"',
      '"family":"gpt-4"',
      'entries[5]: has the language and family of an earlier one',
    ],
    ['"family":"mistral"', '"family":"A b"', 'entries[5].family: is not a model family'],
    ['"right":92', '"right":101', 'entries[5].refused.right: is more than n'],
    ['"right":92', '"right":9.5', 'entries[5].refused.right: is not a count'],
    ['"right":92', '"rigth":92', 'entries[5].refused.rigth: is not a known key'],
    ['"right":92', '"right":1e400', 'entries[5].refused.right: is not a count'],
  ]
  for (const [from, to, want] of faults)
    t.ok(changed(from, to).includes(want), `${want} in ${changed(from, to).join('; ')}`)
  t.same(faultsOf('{'), ['file: is not JSON'])
  t.same(faultsOf('[]'), ['file: is not an object'])
  t.same(faultsOf('{}').length, 7, 'every missing key')
})

void t.test('figures that do not follow from the counts are refused', async (t) => {
  const withFigure = (text: string): string[] =>
    changed('"refused":{"n":200,"right":190}', `"refused":{"n":200,"right":190},${text}`)
  t.same(withFigure('"sensitivity":{"est":0.95,"lo":0.9,"hi":1}'), [])
  t.same(withFigure('"sensitivity":{"est":0.99,"lo":0.9,"hi":1}'), [
    'entries[3].sensitivity.est: does not follow from the counts',
  ])
  t.same(withFigure('"sensitivity":{"est":0.95,"lo":0.96,"hi":1}'), [
    'entries[3].sensitivity: is not an estimate between its limits',
  ])
  t.same(withFigure('"ac1":{"est":"high","lo":0,"hi":1}'), ['entries[3].ac1: is not three numbers'])
})

void t.test('keys of prototypes are unknown keys and change nothing', async (t) => {
  const text = good.replace('"judge": {', '"__proto__": {"polluted": 1}, "judge": {')
  t.same(faultsOf(text), ['__proto__: is not a known key'])
  t.equal(({} as Record<string, unknown>)['polluted'], undefined)
})

void t.test('what is too big is refused before it costs', async (t) => {
  t.same(faultsOf(' '.repeat(4_194_305)), ['file: is over 4194304 bytes'])
  const entries = Array.from({ length: 2001 }, () => 0)
  const many = good.replace(/"entries": \[[^]*\]/, `"entries": ${JSON.stringify(entries)}`)
  const faults = faultsOf(many)
  t.ok(faults.includes('entries: has 2001 items, at most 2000 are read'))
  t.equal(faults.length, 50)
})

void t.test('no text makes it throw, and no printed key leaves plain ASCII', async (t) => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((json) => good.replace('[', json)),
      ),
      (text) => {
        const read = parseCalibration(text)
        return read.ok || read.faults.every(({ key }) => /^[ -~]*$/.test(key))
      },
    ),
    { numRuns: 2000, seed: 3 },
  )
  t.ok(faultsOf('{"\\u001b[31m": 1}').includes('?[31m: is not a known key'))
})
