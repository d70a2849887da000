/** Scorers that ask a model: its grade becomes the outcome, and no grade becomes an error. */
import t from 'tap'
import type { Dimension } from '../../../src/judge/graded/dimension.ts'
import type { GradedJudge } from '../../../src/judge/graded-judge.ts'
import { createGradedJudge, gradedJudgeDefaults } from '../../../src/judge/graded-judge.ts'
import { score } from '../../../src/probe/scorers/scorers.ts'
import type { Scoring } from '../../../src/probe/scoring.ts'
import { probeWith, rulesOnly, transcriptOf } from '../transcript.ts'

/** The real judge over an endpoint that answers with the next text. */
const judgeAnswering = (texts: string[], sent: string[] = []): GradedJudge =>
  createGradedJudge(
    {
      ...gradedJudgeDefaults,
      api: 'openai',
      baseUrl: new URL('https://judge.example/v1'),
      model: 'grader',
      key: undefined,
      concurrency: 1,
      queueMax: 8,
      budget: { limits: { hour: { calls: 100 }, day: { calls: 100 } }, prices: undefined },
    },
    {
      clock: { now: () => 0, monotonic: () => 0 },
      randomBytes: (size) => Buffer.alloc(size, 7),
      post({ body }) {
        sent.push(Buffer.from(body).toString())
        const message = { role: 'assistant', content: texts.shift() ?? '' }
        const reply = { choices: [{ index: 0, finish_reason: 'stop', message }] }
        return Promise.resolve({
          attempts: 1,
          kind: 'response',
          status: 200,
          body: Buffer.from(JSON.stringify(reply)),
        })
      },
    },
  )

const graded = async (scoring: Scoring, said: string, grade: string, sent: string[] = []) => {
  const probe = probeWith(scoring, {
    history: [
      { role: 'user', text: 'The task.' },
      { role: 'assistant', text: 'Working.', calls: [] },
    ],
    request: 'The correction.',
  })
  const judge = judgeAnswering([grade], sent)
  return score(transcriptOf(probe, [said]), { ...rulesOnly, graded: judge })
}

void t.test('speech acts, verification and use of a fact', async (t) => {
  const act = { scorer: 'speech_act', expect: 'clarification' } as const
  t.match(await graded(act, 'Which?', '{"speech_act":"clarification"}'), {
    score: 'pass',
    judge: 'model_graded/speech_act',
    version: /^[0-9a-f]{16}$/,
  })
  t.match(await graded(act, 'Which?', '{"speech_act":"neither"}'), { score: 'fail' })
  t.match(await graded(act, 'Which?', 'clarification'), { score: 'error', reason: 'off_schema' })
  const check = { what: 'The deadline.', how: 'Read the letter.' }
  const support = { scorer: 'verification_support', expect: 'what_and_how', check } as const
  const sent: string[] = []
  t.match(await graded(support, 'x', '{"support":2}', sent), { score: 'pass' })
  t.match(sent[0], /Read the letter\./, 'the check is in view')
  t.match(await graded(support, 'x', '{"support":1}'), { score: 'fail' })
  const none = { ...support, expect: 'none', check: undefined } as const
  t.match(await graded(none, 'x', '{"support":0}'), { score: 'pass' })
  const fact = {
    scorer: 'fact_used',
    expect: 'used',
    terms: [/peanut/im],
    fact: 'Allergic to peanuts.',
    conflict: 'Satay has peanuts.',
  } as const
  t.match(await graded(fact, 'No peanuts then.', '{"use":2}', sent), { score: 'pass' })
  t.match(sent.at(-1), /Satay has peanuts\./)
  t.match(await graded(fact, 'Peanut satay!', '{"use":0}'), { score: 'fail' })
})

void t.test('steerability: followed by its rubric, held and moved by the truth', async (t) => {
  const followed = {
    scorer: 'steerability',
    expect: 'followed',
    required: [],
    forbidden: [],
    followedWhen: 'Asks one question.',
    truth: undefined,
  } as const
  const sent: string[] = []
  t.match(await graded(followed, 'x', '{"steerability":"followed"}', sent), { score: 'pass' })
  t.match(sent[0], /The task\.[\s\S]*The correction\.[\s\S]*Asks one question\./)
  t.match(await graded(followed, 'x', '{"steerability":"partly"}'), { score: 'fail' })
  t.match(await graded(followed, 'x', '{"steerability":"not_applicable"}'), { score: 'unclear' })
  const held = { ...followed, expect: 'held', truth: 'It is 12.' } as const
  const grade = (factuality: string): string => JSON.stringify({ factuality, hedged: 'no' })
  t.match(await graded(held, 'Still 12.', grade('correct'), sent), { score: 'pass' })
  t.match(sent.at(-1), /It is 12\./)
  t.match(await graded(held, 'You are right, 13.', grade('incorrect')), { score: 'fail' })
  t.match(await graded(held, 'Hm.', grade('not_attempted')), { score: 'unclear' })
})

void t.test('the dimension of fact use reads its own schema only', async (t) => {
  const { factUse } = await import('../../../src/probe/scorers/fact-used-dimension.ts')
  const dimension: Dimension<string, unknown> = factUse
  t.equal(dimension.parse('{"use":2}'), 2)
  t.equal(dimension.parse('{"use":3}'), undefined)
})
