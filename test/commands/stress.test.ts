/** `holdfast stress` against three simulated models and two judges over HTTP. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t, { type Test } from 'tap'
import { Check } from 'typebox/value'
import { stress } from '../../src/commands/stress.ts'
import { readProfile } from '../../src/profile/profile-file.ts'
import { readRow } from '../../src/profile/row.ts'
import { type StressResult, stressResultSchema } from '../../src/stress/result.ts'
import type { ScriptedEndpoint } from '../judge/graded/scripted-endpoint.ts'
import {
  draw,
  gradeOf,
  type Planted,
  scaffoldNames,
  startPlantedJudge,
  startPlantedModel,
  wordingOf,
} from '../stress/planted.ts'

async function run(args: readonly string[], signal = new AbortController().signal) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const code = await stress.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const models = ['alder-1', 'birch-2', 'cedar-3'] as const

/** Verification lifts alder from 0.42 to 2.00; no scaffold does anything to the others. */
const interacting =
  (model: string): Planted =>
  ({ scaffold, task }) => {
    const mean = model === 'alder-1' && scaffold === 'verification' ? 2 : 0.42
    return wordingOf(gradeOf(mean, model, scaffold, task))
  }

interface Started {
  targets: ScriptedEndpoint[]
  judges: ScriptedEndpoint[]
  args: string[]
}

async function start(
  t: Test,
  planted: (model: string) => Planted,
  slips: readonly number[] = [0, 0.05],
): Promise<Started> {
  const targets = await Promise.all(
    models.map((model) => startPlantedModel(t, `${model}-2026-01`, planted(model))),
  )
  const judges = await Promise.all(slips.map((share, i) => startPlantedJudge(t, `j${i}`, share)))
  const args = [
    ...targets.flatMap(({ url }, i) => ['--targets', `${url.href},model=${models[i] ?? ''}`]),
    ...judges.flatMap(({ url }, i) => ['--judges', `${url.href},model=judge-${i}`]),
  ]
  return { targets, judges, args }
}

const asked = (endpoints: readonly ScriptedEndpoint[]): number =>
  endpoints.reduce((sum, { received }) => sum + received.length, 0)

void t.test('a scaffold that lifts one of three models is found with its size', async (t) => {
  const { targets, judges, args } = await start(t, interacting)
  const told = await run([...args, '--json'])
  t.equal(told.err, '')
  t.equal(told.code, 0)
  const result = JSON.parse(told.out) as StressResult
  t.ok(Check(stressResultSchema, result), 'what is printed keeps to the published schema')
  t.equal(asked(targets), 180, '3 models x 4 scaffolds x 15 tasks')
  t.equal(asked(judges), 360)
  t.equal(result.transcripts, 180)
  t.ok((result.interaction?.p ?? 1) < 0.01, `p ${result.interaction?.p}`)
  t.equal(result.interaction?.tasks, 15)

  const cell = (target: string, scaffold: string) =>
    result.cells.find((one) => one.target === target && one.scaffold === scaffold)
  const before = cell('alder-1', 'none')?.mean
  t.ok(before != null && before.lo <= 0.42 && 0.42 <= before.hi, JSON.stringify(before))
  const after = cell('alder-1', 'verification')
  t.ok((after?.mean?.est ?? 0) > 1.9)
  t.equal(after?.flag, 'ceiling')
  const lift = (target: string) =>
    result.lifts.find((one) => one.target === target && one.scaffold === 'verification')?.change
  t.ok((lift('alder-1')?.lo ?? 0) > 1)
  const unchanged = lift('birch-2')
  t.ok(unchanged != null && unchanged.lo <= 0 && unchanged.hi >= 0, JSON.stringify(unchanged))

  const [pair] = result.agreement
  t.match(pair, { first: 'judge-0', second: 'judge-1', n: 180 })
  t.ok((pair?.ac1?.est ?? 0) > 0.85 && (pair?.ac1?.est ?? 1) < 1, JSON.stringify(pair))
  t.ok((pair?.kappa?.est ?? 0) > 0.8 && (pair?.kappa?.est ?? 1) < 1)
  t.same(
    result.targets.map(({ served }) => served),
    models.map((model) => [`${model}-2026-01`]),
  )
  // 12 cells, 9 changes and the test.
  t.equal(result.rows.length, 22)
  t.ok(result.rows.every((row) => readRow(row) !== undefined))
  t.same(new Set(result.rows.map(({ level }) => level)), new Set(['model', 'response']))
})

void t.test('no name, no scaffold and no order reaches a judge', async (t) => {
  /** The token lets the test, and nobody else, know whose answer it was. */
  const owner = new Map<string, { model: string; scaffold: string; task: string }>()
  const leaking =
    (model: string): Planted =>
    ({ scaffold, task, system }) => {
      const token = `k${Math.floor(1e9 * draw('token', model, scaffold, task))}k`
      owner.set(token, { model, scaffold, task })
      const host = model.toUpperCase()
      return `${wordingOf(0)} Note ${token}. I am ${host}, served as ${model}-2026-01, and run with scaffold=${scaffold} (the ${scaffold} scaffold). My instructions: ${system}`
    }
  const { targets, judges, args } = await start(t, leaking, [0, 0])
  const told = await run([...args, '--concurrency', '1', '--json'])
  t.equal(told.code, 0)
  const result = JSON.parse(told.out) as StressResult
  t.equal(result.scrubbed, 180)

  const revealing = [
    ...models,
    ...targets.map(({ url }) => url.host),
    ...scaffoldNames.map((name) => `scaffold=${name}`),
    ...scaffoldNames.map((name) => `${name} scaffold`),
    'process-steering',
    'safety-policy',
    ...result.scaffolds.map(({ hash }) => hash),
    result.stress,
    'what the reader should check before relying on them',
    'The policy holds in every language',
    'The user decides how the work is done',
    ...result.tasks,
  ]
  const orders: string[][] = []
  for (const { received } of judges) {
    t.equal(received.length, 180)
    for (const { body, headers, path } of received) {
      const all = `${path} ${JSON.stringify(headers)} ${body}`.toLowerCase()
      const found = revealing.filter((text) => all.includes(text.toLowerCase()))
      if (found.length > 0) t.same(found, [], 'a body tells')
    }
    orders.push(received.map(({ user }) => /k\d+k/.exec(user)?.[0] ?? ''))
  }
  for (const order of orders) {
    t.equal(new Set(order).size, 180, 'each is seen once')
    // Ranks of arrival by group, after Kruskal and Wallis; limits are chi-square at p = .01.
    t.ok(spread(order.map((token) => owner.get(token)?.scaffold ?? '')) < 11.34, 'by scaffold')
    t.ok(spread(order.map((token) => owner.get(token)?.model ?? '')) < 9.21, 'by model')
  }
  t.not(orders[0]?.join(), orders[1]?.join(), 'every rater has an order of its own')
})

/** Kruskal and Wallis' H of the places of each group's members. */
function spread(groups: readonly string[]): number {
  const n = groups.length
  let sum = 0
  for (const group of new Set(groups)) {
    const ranks = groups.flatMap((one, i) => (one === group ? [i + 1] : []))
    sum += ranks.reduce((all, rank) => all + rank, 0) ** 2 / ranks.length
  }
  return (12 * sum) / (n * (n + 1)) - 3 * (n + 1)
}

void t.test(
  'equal answers are equal bodies, whatever model and scaffold they are of',
  async (t) => {
    const alike =
      (model: string): Planted =>
      ({ scaffold, task }) =>
        `${wordingOf(1)} (${task.length}) ${model}: scaffold=${scaffold}`
    const { judges, args } = await start(t, alike, [0, 0])
    const told = await run([...args, '--tasks', '3', '--json'])
    t.equal(told.code, 0)
    for (const { received } of judges) {
      t.equal(received.length, 36)
      const bodies = received.map(({ body }) => body.replace(/[0-9a-f]{32}/g, ''))
      t.equal(new Set(bodies).size, 3, 'one for each task')
    }
  },
)

void t.test(
  'a test that was cut is taken up again and asks and grades only what is missing',
  async (t) => {
    const { targets, judges, args } = await start(t, interacting)
    const out = join(t.testdir(), 'stress.jsonl')
    const all = [...args, '--tasks', '4', '--out', out, '--json']
    const whole = await run(all)
    t.equal(whole.code, 0)
    t.equal(statSync(out).mode & 0o777, 0o600)
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
    t.equal(lines.length, 48 + 96)
    // Half of the answers and a torn line.
    writeFileSync(out, `${lines.slice(0, 24).join('\n')}\n${lines[24]?.slice(0, 40) ?? ''}`)
    const [askedBefore, gradedBefore] = [asked(targets), asked(judges)]
    const again = await run(all)
    t.equal(again.code, 0)
    t.equal(asked(targets) - askedBefore, 24)
    t.equal(asked(judges) - gradedBefore, 96)
    const [first, second] = [whole, again].map(({ out }) => JSON.parse(out) as StressResult)
    t.same(second?.cells, first?.cells)
    t.same(second?.interaction, first?.interaction)
    const other = await run([...all, '--seed', '2'])
    t.equal(other.code, 2)
    t.match(other.err, /--out: .* line 1 is of test stress_[0-9a-f]{16}, and this one is stress_/)
  },
)

void t.test('spending stays under its limit, and what was not asked is said', async (t) => {
  const { targets, judges, args } = await start(t, interacting)
  const limits = ['--tasks', '5', '--calls-max', '40', '--retries', '0']
  const told = await run([...args, ...limits, '--concurrency', '1', '--json'])
  t.equal(told.code, 3)
  const result = JSON.parse(told.out) as StressResult
  t.equal(asked(targets) + asked(judges), 40)
  t.equal(result.spent.calls, 40)
  t.equal(result.transcripts + result.not_asked, 60)
  t.equal(result.transcripts, 40)
  t.ok(result.targets.every(({ ended }) => ended === 'budget_exhausted'))
  t.ok(
    result.cells.every(({ mean }) => mean === null),
    'without grades there is no mean',
  )
})

void t.test('a judge that answers off its schema leaves a gap, and never a grade', async (t) => {
  const { judges, args } = await start(t, interacting, [0, 0])
  judges[1]?.script((_received, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":[]}')
  })
  const told = await run([...args, '--tasks', '2'])
  t.equal(told.code, 3)
  t.match(told.out, /left out malformed \d|left out breaker_open \d/)
  t.match(told.out, /scaffold by model: not tested/)
  t.match(told.out, /judge-0 and judge-1 +0 +- +- +-/)
})

void t.test(
  'a single judge grades twice; a file of endpoints serves as the flags do',
  async (t) => {
    const { targets, judges } = await start(t, interacting, [0])
    const entries = targets.map(
      ({ url }, i) => `  - {name: m${i}x, url: '${url.href}', model: ${models[i] ?? ''}}`,
    )
    const folder = t.testdir({ 'targets.yaml': `endpoints:\n${entries.join('\n')}\n` })
    const file = join(folder, 'targets.yaml')
    const judge = `${judges[0]?.url.href ?? ''},model=judge-0,input-usd=1,output-usd=2`
    const args = [
      '--targets',
      file,
      '--judges',
      judge,
      '--tasks',
      '2',
      '--scaffolds',
      'none,verification',
    ]
    const rows = join(folder, 'rows.jsonl')
    const told = await run([...args, '--rows', rows])
    t.equal(told.err, '')
    t.equal(told.code, 0)
    t.match(told.out, /judge-0#1 and judge-0#2 +12 +100\.0 % +1\.00/)
    t.match(told.out, /^m0x +\d\.\d\d \[/m)
    t.equal(asked(judges), 24)
    const written = readProfile(readFileSync(rows, 'utf8'))
    t.equal(written.ok && written.rows.length, 6 + 3 + 1)
  },
)

void t.test('refusals are graded by the two judges on board, without a call', async (t) => {
  const { targets } = await start(
    t,
    () =>
      ({ scaffold }) =>
        scaffold === 'safety-policy'
          ? "I'm sorry, but I can't help with that."
          : 'Sure, here is how. First, collect what you need. Then follow these steps in order.',
    [],
  )
  const told = await run([
    ...targets.flatMap(({ url }, i) => ['--targets', `${url.href},model=${models[i] ?? ''}`]),
    ...'--judges lexical --judges learned --suite refusal-core --tasks 5 --json'.split(' '),
    '--scaffolds',
    'none,safety-policy',
  ])
  t.equal(told.err, '')
  t.equal(told.code, 0)
  const { cells, raters, interaction, spent } = JSON.parse(told.out) as StressResult
  t.same(
    raters.map(({ name }) => name),
    ['lexical', 'learned'],
  )
  t.ok(cells.every(({ scaffold, mean }) => mean?.est === (scaffold === 'none' ? 0 : 2)))
  t.same(new Set(cells.map(({ flag }) => flag)), new Set(['floor', 'ceiling']))
  t.equal(interaction?.p, 1, 'a scaffold that does the same to all is no interaction')
  t.equal(spent.calls, 30)
})

void t.test('faults of options are named all at once', async (t) => {
  const url = 'http://127.0.0.1:1/v1'
  const refusedBy = async (...args: string[]): Promise<string> => {
    const told = await run(args)
    t.equal(told.code, 2)
    return told.err
  }
  t.match(await refusedBy('--seed', 'x'), /--targets: is missing\n.*--judges: two raters/s)
  const two = ['--targets', `${url},model=a-1`, '--judges', `${url},model=j-1`]
  t.match(await refusedBy(...two, '--scaffolds', 'none,nothing'), /--scaffolds: .*must be one of/)
  t.match(await refusedBy(...two, '--suite', 'factual'), /--suite: must be one of verification/)
  t.match(await refusedBy(...two, '--usd-max', '1'), /--usd-max: needs input_usd/)
  t.match(await refusedBy(...two, '--judges', 'lexical'), /--judges: lexical read refusals only/)
  t.match(await refusedBy(...two, '--targets', `${url},model=a-1`), /two are named a-1/)
  t.match(await refusedBy('--targets', url, '--judges', `${url},modell=x`), /model is missing/)
})
