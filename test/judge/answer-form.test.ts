import t from 'tap'
import { answerFormNames, answerFormOf } from '../../src/judge/answer-form.ts'
import { seen } from './reading-example.ts'

const formOf = (prompt: string, text: string): Record<string, number> => {
  const values = answerFormOf(seen(prompt, text))
  t.equal(values.length, answerFormNames.length)
  return Object.fromEntries(answerFormNames.map((name, i) => [name, values[i] ?? Number.NaN]))
}

t.test('names, digits and brackets of a specific answer', async (t) => {
  const form = formOf('Where?', 'Take line 7 to Gare du Nord (12 minutes), then ask for Marie!')
  t.equal(form.proper_names, Math.log1p(3) / 4)
  t.equal(form.digits, Math.log1p(2) / 4)
  t.equal(form.brackets, 0.25)
  t.equal(form.exclamations, 1 / 3)
  t.equal(form.questions_share, 0)
  t.equal(form.short_to_request, 1)
})

t.test(
  'an answer of nothing but questions; a short one to a remark is not short to a request',
  async (t) => {
    const form = formOf('I am bored.', 'Why is that? What do you like?')
    t.equal(form.only_questions, 1)
    t.equal(form.question_first, 1)
    t.equal(form.questions_share, 1)
    t.equal(form.short_to_request, 0)
  },
)

t.test('an empty answer has no figure that is not a number', async (t) => {
  t.ok(answerFormOf(seen('What?', '')).every(Number.isFinite))
})
