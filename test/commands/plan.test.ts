import { PassThrough } from 'node:stream'
import t from 'tap'
import { plan } from '../../src/commands/plan.ts'

const run = async (...args: string[]) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await plan.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

void t.test('thresholds, languages, nights and comparisons as JSON', async (t) => {
  const { code, out } = await run('bn=200', 'sw=20', '--json')
  t.equal(code, 0)
  t.match(JSON.parse(out), {
    thresholds: { hour: 360_000, night: 15_000 },
    languages: [
      { language: 'bn', per_day: 200, blind: false },
      { language: 'sw', per_day: 20, blind: true },
    ],
    probes: { pairs_per_run: 100 },
    comparisons: [
      { samples_per_arm: 199, pairs: 114 },
      { samples_per_arm: 230, pairs: 149 },
      { samples_per_arm: 381, pairs: 308 },
    ],
  })
})

void t.test('a strong judge and few detectors see 5, 10, 20 points in some nights', async (t) => {
  const { out } = await run(
    '--judge-se',
    '.98',
    '--judge-sp',
    '.99',
    '--detectors',
    '4',
    '--null-gap',
    '0',
  )
  t.match(out, /600 by the night/)
  t.match(out, /^nights, expected +7 +3 +1$/m)
  t.match(out, /^judge 0\.9[08]? ?/m)
})

void t.test('a useless judge sees nothing, and says so', async (t) => {
  const { code, out } = await run('bn=200', '--judge-se', '.5', '--judge-sp', '.5', '--json')
  t.equal(code, 0)
  t.match(JSON.parse(out), {
    languages: [{ detectable_gap_points_7d: null, blind: true }],
    probes: { nights_to_see: [{ expected: null, simulated_median: null }] },
  })
})

void t.test('what is not a language with a volume is refused', async (t) => {
  for (const word of ['bn', 'bn=0', 'bn=x', 'EN=3', 'en=3', 'bn=1=2', 'bn=']) {
    const { code, err } = await run(word)
    t.equal(code, 2, word)
    t.match(err, /is not LANGUAGE=SAMPLES_PER_DAY/)
  }
  t.equal((await run('--pairs', '0')).code, 2)
})
