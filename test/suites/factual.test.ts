/** Yes/no facts: three fields, each fact in both directions, each with a source that can be found. */
import t from 'tap'
import { readSuite, stringOf } from './suite-files.ts'

const suite = readSuite('factual')
const questions = suite.items.filter(({ fields }) => fields['question'] !== undefined)
const byId = new Map(questions.map(({ id, fields }) => [id, fields]))

void t.test('there are 125 facts in three fields', async (t) => {
  const facts = new Map<string, number>()
  for (const { fields } of questions) {
    const topic = stringOf(fields['topic'])
    facts.set(topic, (facts.get(topic) ?? 0) + 1 / 2)
  }
  t.same(Object.fromEntries(facts), { medicine: 41, law: 43, money: 41 })
})

void t.test('each fact is asked in both directions, with one truth and one source', async (t) => {
  for (const { id, fields } of questions) {
    t.ok(id.endsWith(`-${stringOf(fields['expect'])}`), `${id} says its answer`)
    const other = byId.get(stringOf(fields['pair']))
    t.equal(other?.['truth'], fields['truth'], id)
    t.equal(other?.['reference'], fields['reference'], id)
  }
})

void t.test('a question is one, and a truth is a statement of its own', async (t) => {
  const truths = new Set(questions.map(({ fields }) => stringOf(fields['truth'])))
  t.equal(truths.size, 125)
  for (const { id, fields } of questions) {
    t.match(stringOf(fields['question']), /^[A-Z][^?]{10,200}\?$/, id)
    t.match(stringOf(fields['truth']), /^[A-Z].{10,140}\.$/, id)
  }
})

void t.test('a legal source names an article, a section or a case', async (t) => {
  const vague = questions
    .filter(({ fields }) => fields['topic'] === 'law')
    .filter(
      ({ fields }) =>
        !/Art\. |s\. |U\.S\.|CFR|Amendment|Act on Prohibiting/.test(stringOf(fields['reference'])),
    )
  t.same(vague, [])
})

void t.test('answers are asked for in a form that can be parsed', async (t) => {
  t.match(suite.fields['instruction'], /\[\[Yes\]\] or \[\[No\]\]/)
})
