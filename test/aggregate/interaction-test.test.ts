import t from 'tap'
import { lowerRateLimit } from '../../src/aggregate/clopper-pearson.ts'
import { interactionTest, type TaskGrades } from '../../src/aggregate/interaction-test.ts'
import { createRandom, type Random } from '../../src/drift/simulation/random.ts'

/** Mean grades by model and scaffold; each grade is of two draws, so 0, 1 or 2. */
const simulate = (means: readonly (readonly number[])[], tasks: number, random: Random) =>
  Array.from({ length: tasks }, (): TaskGrades => {
    const ease = 0.1 * (random.uniform() - 0.5)
    return means.map((row) =>
      row.map((mean) => {
        const share = Math.min(1, Math.max(0, mean / 2 + ease))
        return Number(random.uniform() < share) + Number(random.uniform() < share)
      }),
    )
  })

const planted = [
  [0.42, 2, 0.42, 0.42],
  [0.42, 0.42, 0.42, 0.42],
  [0.9, 1.1, 0.9, 0.9],
]
/** Model and scaffold both matter, and do not meet: models scatter unequally all the same. */
const additive = [
  [0.3, 0.9, 0.5, 0.4],
  [0.8, 1.4, 1, 0.9],
  [1, 1.6, 1.2, 1.1],
]

void t.test(
  'a scaffold that lifts one model from 0.42 to 2.00 and no other is found',
  async (t) => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed)
      const found = interactionTest(simulate(planted, 15, random), 999, random.below)
      t.ok((found?.p ?? 1) < 0.01, `seed ${seed}: p ${found?.p}`)
      t.equal(found?.tasks, 15)
      t.ok((found?.residuals[0]?.[1] ?? 0) > 0.4, 'at the model and scaffold where it was planted')
    }
  },
)

/** Runs of `runs` seeds with p below .05. */
const hits = (means: readonly (readonly number[])[], runs: number): number => {
  let count = 0
  for (let seed = 1; seed <= runs; seed++) {
    const random = createRandom(seed, 1)
    const found = interactionTest(simulate(means, 15, random), 499, random.below)
    if ((found?.p ?? 1) < 0.05) count++
  }
  return count
}

void t.test(
  'without an interaction p is below .05 in at most 5 % of 200 seeded runs',
  async (t) => {
    const runs = 200
    const flat = planted.map(() => [0.42, 0.42, 0.42, 0.42])
    for (const [name, means] of Object.entries({ flat, additive })) {
      const count = hits(means, runs)
      // More than 5 % would have to be more than chance explains at 95 %.
      t.ok(lowerRateLimit(count, runs, 0.05) <= 0.05, `${name}: ${count} of ${runs}`)
    }
  },
)

void t.test('main effects of model, task and scaffold leave the statistic at 0', async (t) => {
  const random = createRandom(9)
  const tasks = Array.from(
    { length: 6 },
    (_, task): TaskGrades =>
      [0, 0.3, 0.7].map((model) => [0, 0.5, 0.1].map((scaffold) => model + scaffold + task / 10)),
  )
  const found = interactionTest(tasks, 199, random.below)
  t.ok(Math.abs(found?.statistic ?? 1) < 1e-12)
  t.equal(found?.p, 1)
})

void t.test('the statistic of a two by two is the one worked out by hand', async (t) => {
  const task: TaskGrades = [
    [0, 2],
    [1, 1],
  ]
  const found = interactionTest([task, task], 99, createRandom(1).below)
  // Centred: [-1 1], [0 0]; less the scaffold means -.5 and .5; 4 cells of .25, times 2 tasks.
  t.equal(found?.statistic, 2)
  t.same(found?.residuals, [
    [-0.5, 0.5],
    [0.5, -0.5],
  ])
})

void t.test(
  'a task that lacks a grade is left out; one model alone has no interaction',
  async (t) => {
    const whole: TaskGrades = [
      [0, 1],
      [1, 1],
    ]
    const torn: TaskGrades = [
      [0, undefined],
      [1, 1],
    ]
    t.equal(interactionTest([whole, torn, whole], 19, createRandom(1).below)?.tasks, 2)
    t.equal(interactionTest([torn], 19, createRandom(1).below), undefined)
    t.equal(interactionTest([[[0, 1]]], 19, createRandom(1).below), undefined)
    t.equal(interactionTest([], 19, createRandom(1).below), undefined)
  },
)
