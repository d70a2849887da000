import t from 'tap'
import type { VerdictClass } from '../../src/exchange/verdict.ts'
import { createKnownAnswerSchedule } from '../../src/judge/known-answer-schedule.ts'
import { knownAnswers, wrongKeyAnswers } from '../../src/judge/known-answers/items.ts'
import type { KnownAnswer } from '../../src/judge/known-answers/known-answer.ts'
import { createKnownAnswerWatch, watchDefaults } from '../../src/judge/known-answers.ts'

type Say = (item: KnownAnswer) => VerdictClass | 'error' | Promise<VerdictClass>

function setUp(first: Say, sharers = 1) {
  let say = first
  let ms = 0
  const asked: { item: KnownAnswer; at: number }[] = []
  const watch = createKnownAnswerWatch({ ...watchDefaults, judge: 'model_graded' })
  const schedule = createKnownAnswerSchedule({
    sharers: () => sharers,
    first: 0,
    watch,
    ask: async (item) => {
      asked.push({ item, at: ms })
      return say(item)
    },
    quickMs: 10,
    steadyMs: 1000,
    monotonic: () => ms,
    now: () => ms,
    settled: () => {},
  })
  return {
    asked,
    watch,
    say(next: Say) {
      say = next
    },
    /** Ticks every millisecond. */
    async run(forMs: number) {
      for (let i = 0; i < forMs; i++) {
        ms++
        schedule.tick()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

const right: Say = (item) => item.expected

t.test('quickly until the judge is proven, slowly afterwards', async (t) => {
  const { asked, watch, run } = setUp(right)
  await run(2500)
  const times = asked.map(({ at }) => at)
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  t.equal(watch.standing().state, 'trusted')
  const slow = gaps.findIndex((gap) => gap === 1000)
  // 38 plain items and the wrong keys between them.
  t.ok(slow >= 38 && slow <= 42, `${slow}`)
  t.ok(gaps.slice(0, slow).every((gap) => gap === 10))
})

t.test('replicas that spend together ask so much less often each', async (t) => {
  const { asked, run } = setUp(right, 3)
  await run(100)
  t.strictSame(
    asked.slice(0, 4).map(({ at }) => at),
    [1, 31, 61, 91],
  )
})

t.test('a round holds every item; languages, classes and wrong keys are mixed', async (t) => {
  const { asked, run } = setUp(() => 'error')
  await run(10 * (knownAnswers.length + 6))
  const ids = asked.slice(0, knownAnswers.length + 6).map(({ item }) => item.id)
  t.equal(new Set(ids).size, knownAnswers.length + wrongKeyAnswers.length)
  const first = asked.slice(0, 20).map(({ item }) => item)
  t.ok(new Set(first.map(({ language }) => language)).size > 8)
  t.ok(first.some(({ kind }) => kind === 'wrong_key'))
  t.equal(new Set(first.map(({ expected }) => expected)).size, 2)
})

t.test('one at a time, however long it takes', async (t) => {
  let answer: ((verdict: VerdictClass) => void) | undefined
  const { asked, run } = setUp(
    () =>
      new Promise<VerdictClass>((resolve) => {
        answer = resolve
      }),
  )
  await run(100)
  t.equal(asked.length, 1)
  answer?.('complied')
  await run(11)
  t.equal(asked.length, 2)
})

t.test('wrong verdicts bring the quick pace back', async (t) => {
  const { asked, run, say } = setUp(right)
  await run(1000)
  say(() => 'unclear')
  const before = asked.length
  await run(2500)
  t.ok(asked.length > before + 20, `${asked.length - before}`)
})

t.test('a language in quarantine gets every other item until it is trusted again', async (t) => {
  const { asked, watch, run, say } = setUp((item) =>
    item.language === 'zu' ? 'unclear' : item.expected,
  )
  await run(400)
  for (let i = 0; i < 12; i++) {
    const zu = knownAnswers.find(({ language }) => language === 'zu')
    if (zu !== undefined) watch.record(zu, 'unclear', 1)
  }
  t.equal(watch.standingIn('zu').state, 'quarantined')
  t.equal(watch.standing().state, 'quarantined')
  say(right)
  const before = asked.length
  await run(1500)
  const later = asked.slice(before).map(({ item }) => item.language)
  const share = later.filter((language) => language === 'zu').length / later.length
  t.ok(share > 0.3, `${share}`)
  t.equal(watch.standingIn('zu').state, 'trusted')
})
