import t from 'tap'
import { CalibrationTally } from '../../src/commands/eval-judge-calibration.ts'

void t.test('a row counts in its language, its family, both and neither', async (t) => {
  const tally = new CalibrationTally()
  t.equal(tally.add({ lang: 'en', model: 'gpt-4-0613' }, true, false), undefined)
  t.equal(tally.add({ lang: undefined, model: undefined }, false, false), undefined)
  const judge = { id: 'j', version: '1', judge: () => undefined }
  const { entries } = tally.calibration(judge, 'own', '2026-01-01T00:00:00Z')
  const places = entries.map(
    ({ language, family, refused, complied }) =>
      `${language} ${family} ${refused.successes}/${refused.trials} ${complied.successes}/${complied.trials}`,
  )
  t.same(places, [
    'undefined undefined 0/1 1/1',
    'undefined gpt-4 0/1 0/0',
    'en undefined 0/1 0/0',
    'en gpt-4 0/1 0/0',
  ])
  t.equal(tally.withoutLanguage, 1)
})

void t.test('more groups than a file may hold are refused, not cut', async (t) => {
  const tally = new CalibrationTally()
  let why: string | undefined
  let added = 0
  while (why === undefined && added < 10_000) {
    why = tally.add(
      { lang: 'en', model: `word${String.fromCharCode(97 + (added % 26))}x${added}y` },
      true,
      true,
    )
    added++
  }
  t.equal(why, 'more than 2000 pairs of language and model family')
  for (let i = 0; i < 100; i++) t.equal(tally.addFile('/a/b.jsonl', '', 1), undefined)
  t.equal(tally.addFile('b.jsonl', '', 1), 'more than 100 files')
})
