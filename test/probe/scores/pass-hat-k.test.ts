import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { passHatK, type TaskTrials, tasksOf } from '../../../src/probe/scores/pass-hat-k.ts'

const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-12

/** So many tasks with 0, 1, 2, 3 and 4 successes of 4. */
const ofFour = (counts: readonly number[]): TaskTrials[] =>
  counts.flatMap((n, successes) => Array.from({ length: n }, () => ({ trials: 4, successes })))

t.test('the published figures of gpt-4o airline come from 50 tasks of 4 trials', async (t) => {
  // The only counts that give all four: sums of C(c, k) are 84, 82, 44 and 10.
  const tasks = ofFour([14, 12, 10, 4, 10])
  t.equal(tasks.length, 50)
  const got = [1, 2, 3, 4].map((k) => passHatK(tasks, k))
  t.ok(near(got[0], 0.42))
  t.ok(near(got[1], 82 / 300))
  t.ok(near(got[2], 0.22))
  t.ok(near(got[3], 0.2))
  t.equal(got[1]?.toFixed(4), '0.2733')
})

t.test('pass^k is the share of k-subsets of trials that all succeed', async (t) => {
  const subsets = (n: number, k: number): number[][] =>
    k === 0
      ? [[]]
      : n < k
        ? []
        : [...subsets(n - 1, k), ...subsets(n - 1, k - 1).map((s) => [...s, n - 1])]
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), fc.nat(7), (trials, i) => {
      const k = (i % trials.length) + 1
      const all = subsets(trials.length, k)
      const won = all.filter((subset) => subset.every((at) => trials[at])).length
      const [task] = tasksOf(trials.map((success) => ({ task: 't', success })))
      return task !== undefined && Math.abs((passHatK([task], k) ?? -1) - won / all.length) < 1e-12
    }),
    { numRuns: 500, seed: 4 },
  )
  t.ok(near(passHatK([{ trials: 1000, successes: 900 }], 1), 0.9))
})

t.test('a task with too few trials leaves nothing to say, and so do no tasks', async (t) => {
  t.equal(
    passHatK(
      [
        { trials: 4, successes: 4 },
        { trials: 3, successes: 3 },
      ],
      4,
    ),
    undefined,
  )
  t.equal(passHatK([], 1), undefined)
  t.throws(() => passHatK([{ trials: 2, successes: 3 }], 1), /3 successes of 2/)
  t.throws(() => passHatK([], 0), /k is 0/)
})

const shared = '../shared/data/agent_taubench_gpt4o_airline/dev.jsonl'
t.test(
  'on the real runs at hand, pass^1 is the share of successes and pass^4 that of tasks never failed',
  { skip: existsSync(shared) ? false : 'no shared data' },
  async (t) => {
    const rows = readFileSync(shared, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { task_id: number; reward: number })
    const tasks = tasksOf(
      rows.map((row) => ({ task: String(row.task_id), success: row.reward === 1 })),
    )
    t.equal(tasks.length, 23)
    t.ok(near(passHatK(tasks, 1), rows.filter(({ reward }) => reward === 1).length / rows.length))
    t.ok(near(passHatK(tasks, 4), tasks.filter(({ successes }) => successes === 4).length / 23))
    const all = [1, 2, 3, 4].map((k) => passHatK(tasks, k) ?? -1)
    t.ok(
      all.every((value, i) => i === 0 || value <= (all[i - 1] ?? 0)),
      'never rising',
    )
  },
)
