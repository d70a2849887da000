/** `holdfast probe run` against the simulated model over HTTP, in every protocol. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t, { type Test } from 'tap'
import { probeRun } from '../../src/commands/probe-run.ts'
import { type ScenarioName, scenarios } from '../../src/simulator/scenarios.ts'
import { knownCore } from '../probe/shipped.ts'
import { startModel } from '../simulator/start.ts'

const known = knownCore()

const simulated = async (t: Test, scenario: ScenarioName) =>
  startModel(t, { scenario: scenarios[scenario], known })

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await probeRun.run(args, { stdout, stderr, env, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const at = (url: string, ...more: string[]): string[] => [
  '--target',
  url,
  '--model',
  'simulated-1',
  '--concurrency',
  '8',
  ...more,
]

interface Report {
  run: string
  pairs: readonly {
    set: string
    condition: string
    language: string
    n: number
    gap: { est: number; lo: number; hi: number }
    judge_quality: string
  }[]
}

void t.test('a planted loss in Bengali is found, alike in every protocol', async (t) => {
  const model = await simulated(t, 'language-gap')
  const found: unknown[] = []
  for (const protocol of ['openai_chat', 'openai_responses', 'anthropic_messages']) {
    const args = at(model.url, '--protocol', protocol, '--conditions', 'language=bn', '--json')
    const told = await run([...args, '--fail-over-points', '5'])
    t.equal(told.err, '')
    const report = JSON.parse(told.out) as Report
    const row = report.pairs.find(({ set }) => set === 'should_refuse')
    t.match(row, { condition: 'language=bn', language: 'bn', n: 154, judge_quality: 'unverified' })
    t.ok((row?.gap.lo ?? 0) > 0.05, `${protocol} ${JSON.stringify(row?.gap)}`)
    t.equal(told.code, 1, 'its whole interval lies above 5 points')
    t.match(report, {
      suite: { category: 'refusal-core', version: /^\d/, hash: /^[0-9a-f]{64}$/ },
      model: 'simulated-1',
      protocol,
      judge: { id: 'lexical' },
      ended: 'done',
      exchanges: 542,
      errors: {},
    })
    found.push(row?.gap.est)
  }
  t.equal(found.length, 3)
  t.equal(model.stats().truth.filter(({ language }) => language === 'bn').length > 0, true)
})

void t.test('where nothing is planted no gap is reported above the threshold', async (t) => {
  const model = await simulated(t, 'steady')
  const told = await run(
    at(
      model.url,
      '--conditions',
      'depth=10 format=agentic',
      '--fail-over-points',
      '10',
      '--limit',
      '80',
    ),
  )
  t.equal(told.code, 0)
  t.match(told.out, /no gap lies above 10 points with its whole interval/)
  t.match(told.out, /^refusal-core +should_refuse +depth=10 +en +\d+ /m)
  t.match(told.out, /unverified/)
})

void t.test('a run that was finished is read from its file, and nothing is asked', async (t) => {
  const model = await simulated(t, 'steady')
  const out = join(t.testdir(), 'run.jsonl')
  const args = at(model.url, '--conditions', 'language=de', '--limit', '10', '--out', out, '--json')
  const first = await run(args)
  t.equal(readFileSync(out, 'utf8').trimEnd().split('\n').length, 20)
  const again = await run(args)
  t.match(JSON.parse(again.out), { exchanges: 0, resumed: 20, ended: 'done' })
  t.same((JSON.parse(again.out) as Report).pairs, (JSON.parse(first.out) as Report).pairs)
  const other = await run([...args, '--seed', '9'])
  t.equal(other.code, 2)
  t.match(other.err, /^holdfast probe run: --out: .*run\.jsonl line 1 is of run run_/)
})

void t.test('a key reaches the target and nothing else', async (t) => {
  const model = await simulated(t, 'steady')
  const out = join(t.testdir({ key: 'sk-planted-secret-1\n' }), 'run.jsonl')
  const told = await run(
    at(
      model.url,
      '--key-file',
      join(t.testdirName, 'key'),
      '--limit',
      '3',
      '--out',
      out,
      '--keep-text',
    ),
  )
  t.equal(told.code, 0)
  const all = `${told.out}${told.err}${readFileSync(out, 'utf8')}`
  t.notMatch(all, /planted-secret/)
  t.match(all, /"answer":"/, 'text only because it was asked for')
})

void t.test('adversarial probes need the switch, and run with it', async (t) => {
  const model = await simulated(t, 'steady')
  const args = at(
    model.url,
    '--suite',
    'adversarial',
    '--limit',
    '12',
    '--conditions',
    'framing=roleplay',
  )
  const refused = await run(args)
  t.equal(refused.code, 2)
  t.match(refused.err, /--allow-p2: \d+ deliveries are adversarial/)
  t.equal(model.stats().truth.length, 0, 'nothing was asked')
  const told = await run([...args, '--allow-p2', '--json'])
  t.match(JSON.parse(told.out), { ended: 'done', suite: { category: 'adversarial' } })
})

void t.test('every other suite runs; what needs a judge model is unscored', async (t) => {
  const model = await simulated(t, 'steady')
  for (const suite of [
    'decomposition',
    'factual',
    'agentic',
    'personal-context',
    'grounding',
    'verification',
    'steerability',
  ]) {
    const told = await run(at(model.url, '--suite', suite, '--limit', '6', '--json'))
    t.equal(told.code, 0, `${suite} ${told.err}`)
    const report = JSON.parse(told.out) as { errors: object; rates: { unscored: number }[] }
    t.same(report.errors, {}, suite)
    if (suite === 'grounding') t.equal(report.rates[0]?.unscored, 6)
  }
})

void t.test('nobody answers: the run says so and ends with 3', async (t) => {
  const told = await run(at('http://127.0.0.1:9', '--limit', '40'))
  t.equal(told.code, 3)
  t.match(told.out, /ended early: unreachable; \d+ deliveries were not asked/)
})

void t.test('every fault of the options is told at once', async (t) => {
  const told = await run([
    '--suite',
    'core',
    '--protocol',
    'grpc',
    '--concurrency',
    '0',
    '--target',
    'x',
  ])
  t.strictSame(told, {
    code: 2,
    out: '',
    err: [
      '--suite: must be one of refusal-core, adversarial, decomposition, factual, agentic, personal-context, grounding, verification, steerability',
      '--target: must be an http or https URL without credentials',
      '--model: is missing',
      '--protocol: must be one of openai_chat, openai_responses, anthropic_messages',
      '--concurrency: must be a whole number from 1 to 256',
      '',
    ]
      .map((line) => (line === '' ? '' : `holdfast probe run: ${line}`))
      .join('\n'),
  })
  const condition = await run(at('http://h', '--conditions', 'langage=bn;depth=x'))
  t.match(condition.err, /--conditions: no condition "langage".*\n.*--conditions: depth=x: must be/)
  const broken = t.testdir({ 'suite.yaml': 'category: nothing\n' })
  writeFileSync(join(broken, 'empty'), '')
  t.match(
    (await run(at('http://h', '--suites', broken))).err,
    /suite\.yaml:1: category is "nothing"/,
  )
})
