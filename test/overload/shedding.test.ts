/** Levels over a fake memory and a fake clock: when they rise, when they fall, and what they give up. */
import t from 'tap'
import { checkMs, createShedding } from '../../src/overload/shedding.ts'

const limit = 1000

function setUp(options: { limit?: number | undefined; lagMs?: number; draws?: number[] } = {}) {
  let now = 0
  let used = 0
  const draws = options.draws ?? [0]
  let draw = 0
  const shedding = createShedding({
    clock: { monotonic: () => now },
    memoryUsed: () => used,
    memoryLimit: () => ('limit' in options ? options.limit : limit),
    limitShare: 0.7,
    stopShare: 0.85,
    lagMs: options.lagMs ?? 0,
    recoverMs: 10_000,
    random: () => draws[draw++ % draws.length] ?? 0,
  })
  return {
    shedding,
    /** One check with this much in use, late by so much. */
    check(bytes: number, lateMs = 0): string {
      now += checkMs + lateMs
      used = bytes
      shedding.check()
      return `${shedding.level('memory')}${shedding.level('event_loop')}`
    },
  }
}

t.test('memory: 70 % begins level 1 and 85 % level 2, at once', async (t) => {
  const { check } = setUp()
  t.same(
    [699, 700, 849, 850, 2000].map((bytes) => check(bytes)),
    ['00', '10', '10', '20', '20'],
  )
})

t.test('a level falls one step at a time, after 10 s below its share less 5 points', async (t) => {
  const { check } = setUp()
  check(900)
  const levels: string[] = []
  for (let i = 0; i < 100; i++) levels.push(check(799))
  // 799 is below 80 %, not below 65 %: level 1 is the end of it, after 40 intervals of 250 ms.
  t.equal(levels.indexOf('10'), 40)
  t.equal(levels.at(-1), '10')
  for (let i = 0; i < 100; i++) check(649)
  t.equal(check(649), '00')
})

t.test('memory that swings round a threshold does not make the level swing', async (t) => {
  const { check } = setUp()
  check(850)
  const seen = new Set(Array.from({ length: 400 }, (_, i) => check(i % 30 === 0 ? 801 : 700)))
  t.same([...seen], ['20'])
})

t.test('without a limit nothing is shed', async (t) => {
  const { check, shedding } = setUp({ limit: undefined })
  t.equal(check(1e12), '00')
  t.ok(shedding.admits())
})

t.test('level 1 keeps the half that the draw picks, level 2 none', async (t) => {
  const { check, shedding } = setUp({ draws: [0, 0.499, 0.5, 0.999] })
  check(700)
  t.same(
    [1, 2, 3, 4].map(() => shedding.admits()),
    [true, true, false, false],
  )
  t.notOk(shedding.stopped())
  check(850)
  t.same(
    [1, 2, 3, 4].map(() => shedding.admits()),
    [false, false, false, false],
  )
  t.ok(shedding.stopped())
})

t.test('one long task is no overload, eight late looks in a row are', async (t) => {
  const { check, shedding } = setUp({ lagMs: 250 })
  t.equal(check(0, 60_000), '00')
  for (let i = 0; i < 6; i++) t.equal(check(0, 250), '00')
  t.equal(check(0, 250), '01')
  for (let i = 0; i < 7; i++) t.equal(check(0, 1000), '01')
  t.equal(check(0, 1000), '02')
  t.notOk(shedding.admits())
  // In time again: calm for 10 s per step.
  const levels = Array.from({ length: 100 }, () => check(0))
  t.equal(levels.indexOf('01'), 40)
  t.equal(levels.indexOf('00'), 80)
})

t.test('a lag of 0 switches that cause off', async (t) => {
  const { check } = setUp({ lagMs: 0 })
  for (let i = 0; i < 20; i++) t.equal(check(0, 5000), '00')
})
