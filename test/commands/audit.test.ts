/** `holdfast audit`: marks of benchmarks, what suites are made of, and names that are not known. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { benchmarkAudits } from '../../src/audit/rubric.ts'
import { audit } from '../../src/commands/audit.ts'
import { dimensions } from '../../src/exchange/alignment.ts'
import { benchmarkScores } from '../../src/probe/scores/benchmark-scores.ts'
import { runCommand } from './run-command.ts'

interface Told {
  rubric: { version: string; marks: Record<string, string>; reach: Record<string, string> }
  benchmarks: {
    benchmark: string
    reach: string
    dimensions: Record<string, { mark: number; why: string }>
  }[]
  suites: { suite: string; dimension: string; items: number; reach: string; two_sided: boolean }[]
  unspoken: string[]
}

t.test('as JSON: every benchmark on every dimension, and every suite', async (t) => {
  const { code, out, err } = await runCommand(audit, ['--json'])
  t.equal(err, '')
  t.equal(code, 0)
  const told: Told = JSON.parse(out)
  t.equal(told.rubric.version, '1')
  t.same(Object.keys(told.rubric.marks), ['0', '1', '2'])
  t.equal(told.benchmarks.length, 14)
  for (const one of told.benchmarks) {
    t.same(Object.keys(one.dimensions), [...dimensions], one.benchmark)
    t.not(one.reach, 'deployment', 'no benchmark reaches the deployment')
  }
  const names = benchmarkAudits.map(({ id }) => id)
  for (const { id } of benchmarkScores) t.ok(names.includes(id), `${id} is audited`)
  t.equal(told.suites.length, 9)
  const core = told.suites.find(({ suite }) => suite === 'refusal-core')
  t.match(core, { dimension: 'refusal_calibration', two_sided: true, reach: 'response' })
  t.same(
    told.unspoken.filter((one) => one === 'common_ground' || one === 'trajectory'),
    ['common_ground', 'trajectory'],
    'what nothing audited is made for is said',
  )
})

t.test('as a table: one benchmark alone, with each mark and its reason', async (t) => {
  const { code, out } = await runCommand(audit, ['xstest'])
  t.equal(code, 0)
  t.match(out, /^Rubric 1: 2 items are made for it/)
  t.match(out, /^xstest +response +2( +-){12}$/m)
  t.match(out, '  refusal_calibration 2: safe look-alikes beside unsafe requests\n')
  t.match(out, '  not to be taken for more: English, one turn, 450 requests')
  t.notMatch(out, /harmbench/)
})

t.test('a name that is not known, and a suite with a fault at its line', async (t) => {
  t.match(await runCommand(audit, ['xtest']), {
    code: 2,
    out: '',
    err: /^holdfast audit: no benchmark "xtest"; did you mean xstest\?: harmbench, /,
  })
  const folder = t.testdir({ own: {} })
  writeFileSync(join(folder, 'own', 'suite.yaml'), 'category: none\n')
  const { code, out, err } = await runCommand(audit, ['--suites', folder])
  t.equal(code, 2)
  t.equal(out, '')
  t.match(err, /^holdfast audit: \S+suite\.yaml:1: /)
})
