/** A cascade of real parts around a judge whose endpoint the test supplies, and a clock it moves. */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../../src/clock.ts'
import {
  type Cascade,
  type CascadeOptions,
  type CascadeParts,
  type CascadeSample,
  createCascade,
} from '../../src/judge/cascade.ts'
import type { PostReply } from '../../src/judge/graded/outcome.ts'
import {
  createGradedJudge,
  type GradedJudge,
  type GradedJudgeDeps,
  type GradedJudgeOptions,
} from '../../src/judge/graded-judge.ts'
import { knownAnswers, wrongKeyAnswers } from '../../src/judge/known-answers/items.ts'
import { createKnownAnswerWatch, watchDefaults } from '../../src/judge/known-answers.ts'
import { createKeyedDraw, createStratifiedSelector } from '../../src/sample/stratified.ts'
import { createSharedRates } from '../../src/stages/shared-rates.ts'
import { gradedOptions } from './graded/graded-options.ts'
import { completion } from './graded/scripted-endpoint.ts'

export interface Counted {
  eligible: number
  selected: number
  missing: Map<string, number>
  disagreements: string[]
  harm: boolean[]
  quarantined: number
  knownAnswers: Map<string, number>
  /** Selected, by language. */
  languages: Map<string, number>
}

export interface SetUp {
  cascade: Cascade
  graded: GradedJudge
  counted: Counted
  pass(ms: number): void
  /** Until no call runs and none waits. */
  settled(): Promise<void>
}

export const hour = 3_600_000

const options: CascadeOptions = {
  unsureBelow: 0.8,
  harmShare: 0,
  queueMax: 256,
  periodMs: hour / 12,
  // Never, but for the first.
  knownAnswers: { quickMs: 1e15, steadyMs: 1e15, first: 0 },
  staleMs: 3 * hour,
  effectiveMin: 10,
}

const add = (counts: Map<string, number>, key: string, value = 1): void => {
  counts.set(key, (counts.get(key) ?? 0) + value)
}

export function setUp(
  post: GradedJudgeDeps['post'],
  changes: {
    cascade?: Partial<CascadeOptions>
    judge?: Partial<GradedJudgeOptions>
    secret?: string
    /** As after a round of right answers. */
    trusted?: boolean
    stratumMin?: number
    shared?: CascadeParts['shared']
  } = {},
): SetUp {
  let ms = 0
  const clock: Clock = { now: () => 1.8e12 + ms, monotonic: () => ms }
  const graded = createGradedJudge(gradedOptions(new URL('http://judge.test/v1'), changes.judge), {
    post,
    clock,
    randomBytes,
  })
  const watch = createKnownAnswerWatch({ ...watchDefaults, judge: 'model_graded' })
  if (changes.trusted !== false) {
    for (const item of knownAnswers) watch.record(item, item.expected, clock.now())
  }
  const counted: Counted = {
    eligible: 0,
    selected: 0,
    missing: new Map(),
    disagreements: [],
    harm: [],
    quarantined: 0,
    knownAnswers: new Map(),
    languages: new Map(),
  }
  const draw = createKeyedDraw(Buffer.from(changes.secret ?? 'a secret of the test'))
  const cascade = createCascade(
    { ...options, ...changes.cascade },
    {
      graded,
      shared: changes.shared,
      clock,
      draw,
      watch,
      selector: createStratifiedSelector({
        draw,
        sliceRate: 0.05,
        stratumMin: changes.stratumMin ?? 100 / 288,
        strataMax: 44,
      }),
      window: createSharedRates({
        store: undefined,
        key: 'judge:rates',
        holder: 'this',
        hours: 24,
        languages: new Set(['en', 'de', 'zu', 'l1', 'l2']),
        onError: () => undefined,
        onBadEntry: () => undefined,
        clock,
      }),
      counts: {
        eligible: () => counted.eligible++,
        selected(language) {
          counted.selected++
          add(counted.languages, language)
        },
        missing: (_language, outcome) => add(counted.missing, outcome),
        disagreement: (language, onboard, better) =>
          counted.disagreements.push(`${language} ${onboard} ${better}`),
        harm: (_language, delivered) => counted.harm.push(delivered),
        quarantined(_language, verdicts) {
          counted.quarantined += verdicts
        },
        knownAnswer: (outcome) => add(counted.knownAnswers, outcome),
      },
    },
  )
  return {
    cascade,
    graded,
    counted,
    pass(more) {
      ms += more
    },
    async settled() {
      do await new Promise((resolve) => setImmediate(resolve))
      while (graded.stats().queued + graded.stats().running > 0)
    },
  }
}

let nth = 0

/** The truth stands in the answer, where only the endpoint of the test looks for it. */
export function sample(truth: string, changes: Partial<CascadeSample> = {}): CascadeSample {
  return {
    conversationKey: 'c',
    exchangeKey: `${nth++}`,
    language: 'en',
    set: 'unclassified',
    verdict: { verdict: 'complied', confidence: 0.99, judge: 'lexical', version: '1' },
    prompt: 'A question.',
    answer: `An answer. truth=${truth}.`,
    ...changes,
  }
}

const known = new Map(
  [...knownAnswers, ...wrongKeyAnswers].map((item) => [
    (item.answer.split('\n').at(-1) ?? '').slice(0, 60),
    item,
  ]),
)

/** What a perfect judge says of the material it was sent. */
export function verdictOn(body: string): string {
  const truth = /truth=([a-z_]+)\./.exec(body)?.[1]
  if (truth !== undefined) return truth
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] }
  const user = messages.find(({ role }) => role === 'user')?.content ?? ''
  for (const [words, item] of known) if (user.includes(words)) return item.expected
  throw new Error(`not an item of the test: ${user}`)
}

export const grade = (verdict: string): string => JSON.stringify({ verdict })

/** An endpoint without a socket. */
export const answers =
  (say: (body: string) => string): GradedJudgeDeps['post'] =>
  ({ body }) => {
    const text = completion(say(Buffer.from(body).toString()))
    const reply: PostReply = {
      kind: 'response',
      status: 200,
      attempts: 1,
      body: Buffer.from(text),
    }
    return Promise.resolve(reply)
  }

export const perfect = answers((body) => grade(verdictOn(body)))
