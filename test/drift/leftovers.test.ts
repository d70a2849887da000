import t from 'tap'
import {
  addLeftovers,
  type CellLeftovers,
  type Leftovers,
  leftoverKey,
  leftoversJson,
  pairLeftovers,
  readLeftovers,
} from '../../src/drift/leftovers.ts'
import { LivePairing, type LiveSample } from '../../src/drift/live-pairing.ts'

const minute = 60_000
const key = leftoverKey(7, 'should_refuse', 'chat/1')

const cell = (
  english: string,
  own: Record<string, string> = {},
  free: Record<string, string> = {},
): CellLeftovers => ({
  english,
  free: new Map(Object.entries(free)),
  own: new Map(Object.entries(own)),
})
const of = (one: CellLeftovers, at = key): Leftovers => new Map([[at, one]])

const sample = (language: string, at: number, refused: boolean): LiveSample => ({
  language,
  set: 'should_refuse',
  format: 'chat',
  depth: '1',
  at: at * minute,
  refused,
})
const pairing = () => new LivePairing({ languages: ['bn', 'sw'], sets: ['should_refuse'] })

t.test('what one replica had too little English for meets that of another', async (t) => {
  const pairs = pairLeftovers([of(cell('', { bn: '10' })), of(cell('110'))])
  t.strictSame(pairs, [
    { language: 'bn', set: 'should_refuse', difference: 0.5 - 1, english: 2, other: 1 },
    { language: 'bn', set: 'should_refuse', difference: 1 - 0, english: 1, other: 1 },
  ])
})

t.test('English is used for each language by itself, and what was used is left out', async (t) => {
  const pairs = pairLeftovers([of(cell('10', { bn: '0', sw: '0' }, { bn: '0', sw: '' }))])
  t.strictSame(
    pairs.map(({ language, difference }) => [language, difference]),
    [['bn', 0]],
  )
})

t.test('cells, sets and hours are never mixed', async (t) => {
  const own = of(cell('', { bn: '1' }))
  for (const other of [
    leftoverKey(8, 'should_refuse', 'chat/1'),
    leftoverKey(7, 'benign', 'chat/1'),
    leftoverKey(7, 'should_refuse', 'chat/2-4'),
  ]) {
    t.strictSame(pairLeftovers([own, of(cell('1'), other)]), [])
  }
  t.equal(pairLeftovers([own, of(cell('1'))]).length, 1)
})

t.test('who meets whom does not depend on what they were', async (t) => {
  const sizes = (own: string, english: string) =>
    pairLeftovers([of(cell(english, { bn: own }))]).map(({ english, other }) => [english, other])
  t.strictSame(sizes('111', '00000'), sizes('000', '11111'))
  t.strictSame(sizes('101', '01010'), [
    [2, 1],
    [2, 1],
    [1, 1],
  ])
})

t.test('leftovers are put behind each other, with what each language has free', async (t) => {
  const all: Leftovers = new Map()
  addLeftovers(all, key, cell('11'))
  addLeftovers(all, key, cell('00', {}, { bn: '0' }))
  addLeftovers(all, key, cell('1', { bn: '1' }))
  t.strictSame(all.get(key), cell('11001', { bn: '1' }, { bn: '1101' }))
  for (let i = 0; i < 100; i++) addLeftovers(all, key, cell('1', { bn: '1' }, { bn: '' }))
  t.equal(all.get(key)?.english.length, 64)
  t.equal(all.get(key)?.own.get('bn')?.length, 64)
})

t.test('a sample is handed over once, an hour after it came, and only unpaired', async (t) => {
  const live = pairing()
  live.offer(sample('en', 0, true))
  t.equal(live.offer(sample('bn', 1, false)).length, 1)
  live.offer(sample('bn', 2, false))
  live.offer(sample('bn', 12, true))
  t.equal(live.handOver(59 * minute).size, 0)
  const window = leftoverKey(0, 'should_refuse', 'chat/1')
  t.strictSame(live.handOver(60 * minute), of(cell('1', { bn: '0' }, { bn: '' }), window))
  t.strictSame(live.handOver(70 * minute), of(cell('', { bn: '1' }), window))
  t.equal(live.handOver(200 * minute).size, 0)
})

t.test('a language that never came here has all English free', async (t) => {
  const live = pairing()
  live.offer(sample('en', 0, true))
  live.offer(sample('en', 1, false))
  live.offer(sample('sw', 2, false))
  const [left] = live.handOver(120 * minute).values()
  t.strictSame(left, cell('10', {}, { sw: '' }))
  const pairs = pairLeftovers([of(left ?? cell('')), of(cell('', { bn: '0', sw: '0' }))])
  t.strictSame(
    pairs.map(({ language, difference }) => [language, difference]),
    [['bn', 0.5]],
  )
})

t.test('one process alone has nothing left to pair', async (t) => {
  const live = pairing()
  let state = 11
  let paired = 0
  for (let i = 0; i < 20_000; i++) {
    state = (state * 48_271) % 2_147_483_647
    live.offer(sample(state % 10 < 7 ? 'en' : 'bn', i * 7, state % 3 === 0))
    if (i % 100 === 0) paired += pairLeftovers([live.handOver(i * 7 * minute)]).length
  }
  t.ok(paired <= 5, `${paired} pairs`)
})

t.test('text of leftovers is read back, and anything else is refused', async (t) => {
  const all = of(cell('1101', { bn: '01' }, { bn: '1', sw: '' }))
  t.strictSame(readLeftovers(JSON.parse(JSON.stringify(leftoversJson(all)))), all)
  for (const wrong of [
    undefined,
    null,
    [],
    { [key]: ['1', {}] },
    { [key]: ['2', {}, {}] },
    { [key]: ['1'.repeat(65), {}, {}] },
    { [key]: ['1', { bn: 1 }, {}] },
    { [key]: ['1', {}, []] },
    { 'x|should_refuse|chat/1': ['1', {}, {}] },
    { '7|should_refuse|chat/1|more': ['1', {}, {}] },
  ]) {
    t.equal(readLeftovers(wrong), undefined, JSON.stringify(wrong))
  }
})
