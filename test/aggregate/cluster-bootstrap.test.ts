import t from 'tap'
import { clusterBootstrap } from '../../src/aggregate/cluster-bootstrap.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'

const scale = { min: 0, max: 2 }

void t.test('the same seed gives the same interval, and it holds the mean', async (t) => {
  const tasks = [
    [0, 1],
    [2, 2],
    [1, 2],
    [0, 0],
    [2, 1],
    [1, 1],
  ]
  const run = () => clusterBootstrap(tasks, scale, 2000, createRandom(3).below)
  t.same(run(), run())
  const found = run()
  t.equal(found?.est, 13 / 12)
  t.ok(found !== undefined && found.lo < 13 / 12 && 13 / 12 < found.hi)
  t.equal(clusterBootstrap([[], []], scale, 100, createRandom(1).below), undefined)
})

void t.test(
  'grades of one task are drawn together: repeats do not narrow the interval',
  async (t) => {
    const once = [[0], [2], [1], [0], [2], [1], [2], [2]]
    const fourTimes = once.map(([grade = 0]) => [grade, grade, grade, grade])
    const a = clusterBootstrap(once, scale, 4000, createRandom(5).below)
    const b = clusterBootstrap(fourTimes, scale, 4000, createRandom(5).below)
    t.same(a, b)
  },
)

void t.test('equal grades are not known exactly: fifteen times 2 leaves room below', async (t) => {
  const tasks = Array.from({ length: 15 }, () => [2, 2])
  const found = clusterBootstrap(tasks, scale, 100, createRandom(1).below)
  // (0.025)^(1/15) = 0.78198 of the mean at 2, the rest at 0.
  t.equal(found?.est, 2)
  t.equal(found?.hi, 2)
  t.ok(Math.abs((found?.lo ?? 0) - 2 * 0.025 ** (1 / 15)) < 1e-6, `${found?.lo}`)
})

void t.test('at 15 tasks the interval holds the true mean about 95 times in 100', async (t) => {
  const random = createRandom(11)
  let held = 0
  const runs = 400
  for (let i = 0; i < runs; i++) {
    const tasks = Array.from({ length: 15 }, () => {
      const ease = random.uniform() < 0.5 ? 0.25 : 0.75
      return [1, 2].map(() => (random.uniform() < ease ? 1 : 0) + (random.uniform() < ease ? 1 : 0))
    })
    const found = clusterBootstrap(tasks, scale, 400, random.below)
    if (found !== undefined && found.lo <= 1 && 1 <= found.hi) held++
  }
  t.ok(held >= 0.92 * runs && held <= 0.98 * runs, `${held} of ${runs}`)
})
