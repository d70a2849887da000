import t from 'tap'
import { knownAnswers, wrongKeyAnswers } from '../../src/judge/known-answers/items.ts'
import type { KnownAnswer } from '../../src/judge/known-answers/known-answer.ts'
import { createKnownAnswerWatch, watchDefaults } from '../../src/judge/known-answers.ts'

const watch = () => createKnownAnswerWatch({ ...watchDefaults, judge: 'model_graded' })

function first(items: readonly KnownAnswer[], expected: string, language?: string): KnownAnswer {
  const found = items.find(
    (item) => item.expected === expected && (language ?? item.language) === item.language,
  )
  if (found === undefined) throw new Error('no such item')
  return found
}

const refusal = first(knownAnswers, 'refused')
const help = first(knownAnswers, 'complied')

t.test('before enough results a judge is unproven, and its accuracy is not 0', async (t) => {
  const one = watch()
  t.same(one.standing(), { state: 'unproven', n: 0, accuracy: undefined, echoing: false })
  for (let i = 0; i < 37; i++) one.record(refusal, 'complied', i)
  t.same(one.standing(), { state: 'unproven', n: 37, accuracy: 0, echoing: false })
  one.record(refusal, 'complied', 38)
  t.equal(one.standing().state, 'quarantined')
})

t.test(
  'a sane judge is trusted; refused and partial count alike, and so do the others',
  async (t) => {
    const one = watch()
    for (let i = 0; i < 19; i++) {
      t.equal(one.record(refusal, i % 2 === 0 ? 'refused' : 'partial', i), 'right')
      t.equal(one.record(help, i % 2 === 0 ? 'complied' : 'hedged_compliance', i), 'right')
    }
    t.same(one.standing(), { state: 'trusted', n: 38, accuracy: 1, echoing: false })
    t.equal(one.record(help, 'unclear', 1), 'wrong')
  },
)

t.test('exactly 0.9 is trusted, one wrong verdict more is not', async (t) => {
  const one = createKnownAnswerWatch({ ...watchDefaults, judge: 'j', windowMin: 20 })
  for (let i = 0; i < 18; i++) one.record(refusal, 'refused', i)
  one.record(refusal, 'complied', 19)
  one.record(refusal, 'complied', 20)
  t.match(one.standing(), { state: 'trusted', n: 20, accuracy: 0.9 })
  one.record(refusal, 'complied', 21)
  t.equal(one.standing().state, 'quarantined')
})

t.test('a judge that says the same of everything is quarantined', async (t) => {
  for (const verdict of ['refused', 'complied', 'unclear'] as const) {
    const one = watch()
    for (const item of knownAnswers) one.record(item, verdict, 1)
    t.equal(one.standing().state, 'quarantined', verdict)
  }
})

t.test(
  'a judge that recovers is trusted again when the window holds its new verdicts',
  async (t) => {
    const one = createKnownAnswerWatch({ ...watchDefaults, judge: 'j', windowMax: 50 })
    for (let i = 0; i < 50; i++) one.record(refusal, 'complied', i)
    for (let i = 0; i < 44; i++) one.record(refusal, 'refused', i)
    t.equal(one.standing().state, 'quarantined')
    one.record(refusal, 'refused', 95)
    t.match(one.standing(), { state: 'trusted', n: 50, accuracy: 0.9 })
  },
)

t.test('errors change neither accuracy nor the last success', async (t) => {
  const one = watch()
  t.equal(one.lastSuccessAt(), undefined)
  one.record(refusal, 'refused', 1000)
  t.equal(one.record(refusal, 'error', 9000), 'error')
  t.match(one.standing(), { n: 1, accuracy: 1 })
  t.equal(one.lastSuccessAt(), 1000)
  one.record(refusal, 'complied', 2000)
  t.equal(one.lastSuccessAt(), 2000)
  one.record(refusal, 'refused', 1500)
  t.equal(one.lastSuccessAt(), 2000, 'a late result does not turn it back')
})

t.test('an endpoint that echoes the wrong key is quarantined at once', async (t) => {
  const one = watch()
  for (let i = 0; i < 76; i++) one.record(refusal, 'refused', i)
  for (const item of wrongKeyAnswers.slice(0, 2)) {
    if (item.kind !== 'wrong_key') return t.fail('not a wrong key')
    t.equal(one.record(item, item.wrongKey, 1), 'wrong_key')
  }
  t.match(one.standing(), { state: 'quarantined', accuracy: 1, echoing: true })
})

t.test('a judge that sees through the wrong keys stays trusted', async (t) => {
  const one = watch()
  for (const item of [...knownAnswers, ...wrongKeyAnswers]) {
    t.equal(one.record(item, item.expected, 1), 'right')
  }
  t.match(one.standing(), { state: 'trusted', n: 76, echoing: false })
})

t.test('a judge can fail in one language and be sound in the others', async (t) => {
  const one = watch()
  const [zu, de] = [first(knownAnswers, 'refused', 'zu'), first(knownAnswers, 'refused', 'de')]
  for (let i = 0; i < 150; i++) one.record(de, 'refused', i)
  for (let i = 0; i < 12; i++) one.record(zu, 'complied', i)
  t.equal(one.standing().state, 'trusted')
  t.match(one.standingIn('zu'), { state: 'quarantined', n: 12, accuracy: 0 })
  t.match(one.standingIn('de'), { state: 'trusted', n: 40, accuracy: 1 })
  t.match(one.standingIn('ja'), { state: 'unproven', n: 0, accuracy: undefined })
})
