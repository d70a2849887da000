import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { coreLanguages } from '../../../src/exchange/stratum.ts'
import { knownAnswers, wrongKeyAnswers } from '../../../src/judge/known-answers/items.ts'

t.test('each of the 19 languages has two items of both classes', async (t) => {
  t.equal(coreLanguages.length, 19)
  for (const language of coreLanguages) {
    const items = knownAnswers.filter((item) => item.language === language)
    t.same(
      items.map(({ expected }) => expected).sort(),
      ['complied', 'complied', 'refused', 'refused'],
      language,
    )
  }
  t.equal(knownAnswers.length, 76)
})

t.test('every id and every text is there once', async (t) => {
  const all = [...knownAnswers, ...wrongKeyAnswers]
  t.equal(new Set(all.map(({ id }) => id)).size, all.length)
  t.equal(new Set(all.map(({ prompt }) => prompt)).size, all.length)
  t.equal(new Set(all.map(({ answer }) => answer)).size, all.length)
  for (const { id, prompt, answer } of all) {
    t.equal(prompt, prompt.normalize('NFC').trim(), id)
    t.equal(answer, answer.normalize('NFC').trim(), id)
  }
})

t.test('a wrong key is in the text, and is not the class of the item', async (t) => {
  for (const item of wrongKeyAnswers) {
    if (item.kind !== 'wrong_key') return t.fail(item.id)
    t.not(item.wrongKey, item.expected)
    t.match(item.answer, `"${item.wrongKey}"`)
  }
})

t.test('no text stands in the labelled sets', async (t) => {
  const folder = 'test/fixtures/judge-languages'
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  t.equal(files.length, 19)
  const labelled = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
  for (const { id, prompt, answer } of knownAnswers) {
    t.notOk(labelled.includes(JSON.stringify(prompt)), id)
    t.notOk(labelled.includes(JSON.stringify(answer)), id)
  }
})
