import t from 'tap'
import { createRandom } from '../../src/drift/simulation/random.ts'
import { type Trajectory, trajectoryChange } from '../../src/drift/trajectory-change.ts'

const of = (tools: readonly string[], stratum = ''): Trajectory => ({ tools, stratum })
const repeat = (trajectory: Trajectory, times: number): Trajectory[] =>
  new Array<Trajectory>(times).fill(trajectory)

void t.test('equal sets do not differ at all', async (t) => {
  const set = [of(['search', 'read']), of(['search', 'edit']), of([])]
  const change = trajectoryChange(set, set, 99, createRandom(1))
  t.equal(change?.divergenceBits, 0)
  t.equal(change?.p, 1)
})

void t.test('another order of the same calls is seen, as sure as permutations allow', async (t) => {
  const first = repeat(of(['search', 'read', 'edit']), 10)
  const second = repeat(of(['edit', 'read', 'search']), 10)
  const change = trajectoryChange(first, second, 999, createRandom(1))
  // Four steps, none in common.
  t.equal(change?.divergenceBits, 1)
  t.equal(change?.p, 1 / 1000)
  t.ok((change?.expectedBits ?? 1) < 0.1)
})

void t.test('within strata a change is seen that differences of tasks hide', async (t) => {
  const tasks = Array.from({ length: 12 }, (_, i) => `task ${i}`)
  const first = tasks.map((task) => of([task, 'read', 'end'], task))
  const second = tasks.map((task) => of([task, 'read', 'read', 'end'], task))
  const within = trajectoryChange(first, second, 999, createRandom(1))
  const among = trajectoryChange(
    first.map(({ tools }) => of(tools)),
    second.map(({ tools }) => of(tools)),
    999,
    createRandom(1),
  )
  t.equal(within?.divergenceBits, among?.divergenceBits)
  t.ok((within?.p ?? 1) <= 0.002, `${within?.p}`)
  t.ok((among?.p ?? 0) > (within?.p ?? 1), `${among?.p}`)
})

void t.test('without a change p is below 5 % in about 5 % of 400 trials', async (t) => {
  const random = createRandom(9)
  const tools = ['a', 'b', 'c', 'd']
  const draw = (): Trajectory =>
    of(Array.from({ length: 1 + random.below(8) }, () => tools[random.below(4)] ?? 'a'))
  let low = 0
  for (let trial = 0; trial < 400; trial++) {
    const first = Array.from({ length: 15 }, draw)
    const second = Array.from({ length: 15 }, draw)
    if ((trajectoryChange(first, second, 99, random)?.p ?? 1) <= 0.05) low++
  }
  t.ok(low >= 8 && low <= 34, `${low} of 400`)
})

void t.test('a side without conversations is unknown', async (t) => {
  t.equal(trajectoryChange([], [of(['a'])], 9, createRandom(1)), undefined)
  t.equal(trajectoryChange([of(['a'])], [], 9, createRandom(1)), undefined)
})
