import { array, assert, constantFrom, property } from 'fast-check'
import t from 'tap'
import { answerOverlapNames, answerOverlapOf } from '../../src/judge/answer-overlap.ts'
import { seen } from './reading-example.ts'

const overlapOf = (prompt: string, text: string, before?: string[]): Record<string, number> => {
  const values = answerOverlapOf(seen(prompt, text, before))
  return Object.fromEntries(answerOverlapNames.map((name, i) => [name, values[i] ?? Number.NaN]))
}

t.test(
  'an answer that repeats its prompt covers it, one about something else does not',
  async (t) => {
    const same = overlapOf('paint the garden fence', 'Paint the garden fence.')
    t.equal(same.prompt_covered, 1)
    t.equal(same.from_prompt, 1)
    t.equal(same.prompt_in_one_sentence, 1)
    t.equal(same.length_to_prompt, Math.log(24 / 23) / 4)
    const other = overlapOf('paint the garden fence', 'Sing loudly.')
    t.equal(other.prompt_covered, 0)
    t.equal(other.first_from_prompt, 0)
  },
)

t.test('scripts without spaces are compared by pairs of characters', async (t) => {
  const { prompt_covered: covered = 0 } = overlapOf('怎么修自行车', '自行车这样修。')
  t.ok(covered > 0.2 && covered < 0.6, `covered ${covered}`)
})

t.test(
  'the history: what the answer has beside the prompt and an earlier answer had',
  async (t) => {
    const earlier = ['Name a fruit.', '1. apples\n2. pears']
    const again = overlapOf('And a tree?', 'Apples and pears.', earlier)
    t.ok((again.from_earlier_answers ?? 0) > 0.5)
    t.equal(again.from_last_answer, again.from_earlier_answers)
    t.equal(again.list_gone_since_last_answer, 1)
    const fresh = overlapOf('And a tree?', 'Oak.', earlier)
    t.equal(fresh.from_earlier_answers, 0)
    const alone = overlapOf('And a tree?', 'Oak.')
    t.equal(alone.length_to_last_answer, 0)
    t.equal(alone.from_earlier_requests, 0)
  },
)

t.test('nothing to compare: zeros, never NaN', async (t) => {
  t.ok(answerOverlapOf(seen('', '')).every(Number.isFinite))
})

/** Shares of runs as they are meant: by the runs themselves, as strings. */
const runsOf = (text: string): string[] => {
  const size = /[\u4e00-\u9fff]/.test(text) ? 2 : 4
  return Array.from({ length: Math.max(0, text.length - size + 1) }, (_, i) =>
    text.slice(i, i + size),
  )
}

t.test('runs made of one another are told apart as the strings are', async (t) => {
  const words = array(constantFrom('ab', 'abc', 'b', 'nicht', 'nichts', '\u0628\u0628', 'c'), {
    minLength: 1,
    maxLength: 8,
  })
  assert(
    property(words, words, (prompt, text) => {
      const runs = runsOf(` ${text.join(' ')} `)
      const known = new Set(runsOf(` ${prompt.join(' ')} `))
      const share =
        runs.length === 0 ? 0 : runs.filter((run) => known.has(run)).length / runs.length
      return overlapOf(prompt.join(' '), text.join(' ')).from_prompt === share
    }),
    { numRuns: 500, seed: 9 },
  )
  const chinese = overlapOf('\u82b1 ab \u706b\u706b', '\u706b\u706b\u82b1 ab')
  const known = new Set(runsOf(' \u82b1 ab \u706b\u706b '))
  const runs = runsOf(' \u706b\u706b\u82b1 ab ')
  t.equal(chinese.from_prompt, runs.filter((run) => known.has(run)).length / runs.length)
})
