import t from 'tap'
import { LivePairing, type LiveSample } from '../../src/drift/live-pairing.ts'

const minute = 60_000
const sample = (
  language: string,
  at: number,
  refused: boolean,
  more: Partial<LiveSample> = {},
): LiveSample => ({
  language,
  set: 'should_refuse',
  format: 'chat',
  depth: '1',
  at: at * minute,
  refused,
  ...more,
})

const pairing = () =>
  new LivePairing({ languages: ['bn', 'sw'], sets: ['should_refuse', 'benign'] })

const differences = (live: LivePairing, samples: readonly LiveSample[]): number[] =>
  samples.flatMap((one) => live.offer(one).map(({ difference }) => difference))

void t.test('a sample is paired with the mean of the English ones before it, once', async (t) => {
  const live = pairing()
  t.same(
    differences(live, [
      sample('en', 0, true),
      sample('en', 1, false),
      sample('bn', 2, true),
      sample('en', 3, true),
      sample('bn', 4, false),
    ]),
    [0.5 - 1, 1 - 0],
  )
})

void t.test('each language uses the English samples for itself', async (t) => {
  const live = pairing()
  live.offer(sample('en', 0, true))
  t.same(live.offer(sample('bn', 1, false)), [
    { language: 'bn', set: 'should_refuse', difference: 1, english: 1, other: 1 },
  ])
  t.same(live.offer(sample('sw', 1, true)), [
    { language: 'sw', set: 'should_refuse', difference: 0, english: 1, other: 1 },
  ])
})

void t.test('samples that meet no English wait and are averaged', async (t) => {
  const live = pairing()
  const waiting = [sample('bn', 0, true), sample('bn', 1, false), sample('bn', 2, false)]
  t.same(differences(live, [...waiting, sample('sw', 2, true)]), [])
  t.equal(live.waiting('bn', 2 * minute), 3)
  const pairs = live.offer(sample('en', 3, true))
  t.same(
    pairs.map(({ language, difference, other }) => [language, difference, other]),
    [
      ['bn', 1 - 1 / 3, 3],
      ['sw', 0, 1],
    ],
  )
  t.equal(live.waiting('bn', 3 * minute), 0)
  t.same(live.offer(sample('en', 4, true)), [])
})

void t.test('nothing older than an hour is paired, on either side', async (t) => {
  const live = pairing()
  live.offer(sample('en', 0, true))
  t.same(live.offer(sample('bn', 60, true)), [], 'the English one is too old')
  t.same(live.offer(sample('en', 120, false)), [], 'now the other one is')
  const young = pairing()
  young.offer(sample('en', 0, true))
  t.equal(young.offer(sample('bn', 54, true)).length, 1)
})

void t.test('cells and sets are never mixed', async (t) => {
  const live = pairing()
  live.offer(sample('en', 0, true))
  t.same(live.offer(sample('bn', 1, true, { depth: '2-4' })), [])
  t.same(live.offer(sample('bn', 1, true, { format: 'agentic' })), [])
  t.same(live.offer(sample('bn', 1, true, { set: 'benign' })), [])
  t.equal(live.offer(sample('bn', 1, true)).length, 1)
})

void t.test('languages and sets that were not configured leave no trace', async (t) => {
  const live = pairing()
  for (let i = 0; i < 1000; i++) {
    t.same(live.offer(sample(`x${i}`, i, true)), [])
    live.offer(sample('en', i, true, { set: `set ${i}` }))
  }
  t.equal(live.waiting('x1', 0), 0)
})

void t.test('a clock that steps back pairs nothing it should not, and goes on', async (t) => {
  const live = pairing()
  live.offer(sample('en', 1000, true))
  t.equal(live.offer(sample('bn', 990, true)).length, 1, 'ten minutes back: still the same hour')
  live.offer(sample('en', 1001, true))
  t.same(live.offer(sample('bn', 10, true)), [], 'sixteen hours back: all before is forgotten')
  t.same(
    live.offer(sample('en', 11, false)).map(({ english, other }) => [english, other]),
    [[1, 1]],
    'the next English one meets the one that waited, and nothing older',
  )
})

void t.test('no sample is used twice over a long random stream', async (t) => {
  const live = pairing()
  const seen = { en: 0, bn: 0 }
  const used = { en: 0, bn: 0 }
  let state = 7
  for (let i = 0; i < 20_000; i++) {
    state = (state * 48_271) % 2_147_483_647
    const language = state % 10 < 7 ? 'en' : 'bn'
    seen[language]++
    for (const pair of live.offer(sample(language, i * 1.7, state % 3 === 0))) {
      used.en += pair.english
      used.bn += pair.other
      if (Math.abs(pair.difference) > 1) t.fail(`${pair.difference}`)
    }
  }
  t.ok(used.en <= seen.en && used.bn <= seen.bn)
  t.ok(used.bn > 0.99 * seen.bn, `${used.bn} of ${seen.bn}`)
})
