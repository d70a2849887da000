/** The inputs of `holdfast report`, one by one: what each adds to the report, and how a bad one is told. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createAdmin } from '../../src/admin/server.ts'
import { wilson } from '../../src/aggregate/wilson.ts'
import { report } from '../../src/commands/report.ts'
import { calibrationText } from '../../src/judge/calibration-write.ts'
import { createRecorder } from '../../src/metrics/record.ts'
import { profileJson, profileText } from '../../src/profile/profile-file.ts'
import { sealRow } from '../../src/profile/row.ts'
import type { Report } from '../../src/report/report-document.ts'
import { historyJson } from '../../src/watch/history.ts'
import { segmentOf } from '../evidence/segment-bytes.ts'
import { probeRow } from '../profile/example-row.ts'
import { runCommand } from './run-command.ts'
import { firstTick, hourMs, period, shortHistory, start } from './short-history.ts'

const folder = t.testdir()
const at = (name: string): string => join(folder, name)
const file = (name: string, text: string | Uint8Array): string => {
  writeFileSync(at(name), text)
  return at(name)
}
const made = async (t: Test, ...args: string[]): Promise<Report> => {
  const { code, out, err } = await runCommand(report, [...period, '--format', 'json', ...args])
  t.equal(err, '')
  t.equal(code, 0)
  return JSON.parse(out)
}
const refused = async (...args: string[]): Promise<string[]> => {
  const { code, out, err } = await runCommand(report, [...period, ...args])
  t.equal(out, '')
  t.equal(code, 2)
  return err.trimEnd().split('\n')
}
const history = file('history.json', JSON.stringify(historyJson(shortHistory)))
const row = sealRow({
  dimension: 'grounding',
  measure: 'pass_rate',
  condition: 'baseline',
  baseline: null,
  level: 'response',
  estimate: 0.5,
  unit: 'share',
  n: 4,
  interval: null,
  counts: { n: 4 },
  window: null,
  model: 'm',
  scaffold: 'ab',
  suite: null,
  judge: null,
  exclusions: {},
  source: { kind: 'score', id: 'own', trace: ['own.csv'] },
})

t.test('--history: the rows of live traffic, and the file with its hash', async (t) => {
  const twin = await made(t, '--history', history)
  t.match(
    twin.inputs.map(({ name, holds }) => [name, holds]),
    [['history.json', 'the history of live traffic']],
  )
  t.match(twin.inputs[0]?.sha256, /^[0-9a-f]{64}$/)
  const bengali = twin.profile.find(
    ({ measure, condition }) => measure === 'refusal_rate' && condition === 'language=bn',
  )
  t.match(bengali, {
    estimate: 0.6,
    n: 40,
    counts: { yes: 24, n: 40 },
    exclusions: { unclear: 4 },
    window: { from: '2026-01-01T00:00:00Z', to: '2026-01-01T04:00:00Z' },
    source: { trace: [`history.json: ticks ${firstTick} to ${firstTick + 3}`] },
  })
  t.match(twin.coverage, { ticks: 4, ticks_with_verdicts: 4, judged: 84 })
})

t.test('--profile: rows of others stand in the report as they are', async (t) => {
  const twin = await made(t, '--profile', file('rows.json', profileText([row])))
  t.same(twin.profile, [row])
  t.equal(twin.coverage, null)
  t.match(twin.inputs, [{ name: 'rows.json', holds: 'rows of a profile' }])
})

t.test('--calibration: the judge is measured, and a corrected rate stands beside', async (t) => {
  const path = file(
    'judge.json',
    calibrationText(
      {
        judge: { id: 'lexical', version: '4', promptHash: undefined },
        madeAt: '2026-01-01T00:00:00Z',
        labels: 'independent',
        files: [],
        entries: [
          {
            language: 'bn',
            family: undefined,
            refused: { successes: 180, trials: 200 },
            complied: { successes: 190, trials: 200 },
          },
        ],
      },
      ({ refused, complied }) => ({
        sensitivity: wilson(refused.successes, refused.trials),
        specificity: wilson(complied.successes, complied.trials),
        ac1: undefined,
      }),
    ),
  )
  const twin = await made(t, '--history', history, '--calibration', path)
  const corrected = twin.profile.filter(({ measure }) => measure === 'refusal_rate_corrected')
  t.equal(corrected.length, 1)
  t.match(corrected[0], { condition: 'language=bn', judge: { sensitivity: { est: 0.9, n: 200 } } })
  // (24 of 44 + 0.95 - 1) / (0.9 + 0.95 - 1): a calibration counts unclear answers as no refusal.
  t.ok(Math.abs((corrected[0]?.estimate ?? 0) - (24 / 44 - 0.05) / 0.85) < 1e-9)
  const plain = await made(t, '--history', history)
  t.notOk(plain.profile.some(({ measure }) => measure === 'refusal_rate_corrected'))
})

t.test('--evidence: a start after a loss is an incident of the monitor', async (t) => {
  mkdirSync(at('evidence'))
  const own = { v: 1, kind: 'monitor', holdfast_version: '1.0.0', judge_version: 'lexical 4' }
  const event = (n: number, more: object): object => ({
    ...own,
    id: `0000000a-${n}`,
    at: new Date(start + n * 60_000).toISOString(),
    ...more,
  })
  const records = [
    event(1, { event: 'started' }),
    event(2, { event: 'started', after: 'crash' }),
    event(3, { event: 'stopped' }),
    event(600, { event: 'stopped' }),
  ]
  const name = `evidence/evidence-${String(start).padStart(15, '0')}-0000000a-000000.seg`
  file(name, segmentOf(records, start))
  const twin = await made(t, '--evidence', at('evidence'))
  t.match(twin.incidents, [
    {
      from: '2026-01-01T00:02:00.000Z',
      what: 'monitor started again after crash',
      trace: ['evidence 0000000a-2'],
    },
    { what: 'the monitor was stopped', trace: ['evidence 0000000a-3'] },
  ])
  t.equal(twin.incidents.length, 2)
  t.match(twin.inputs, [{ name: 'evidence', holds: '3 records of the monitor' }])
})

t.test('--admin: history by pages, and turns of conversations from a scrape', async (t) => {
  const recorder = createRecorder({
    languages: ['en', 'bn'],
    models: [],
    modelsAutoMax: 1,
    seriesMax: 5000,
  })
  const inc = (act: 'user_repair' | 'user_other' | 'user_opening', by: number): void =>
    recorder.inc('holdfast_interaction_turns_total', { act, language: 'bn', depth: '2-4' }, by)
  inc('user_repair', 3)
  inc('user_other', 17)
  inc('user_opening', 5)
  recorder.inc('holdfast_interaction_corrections_total', { outcome: 'followed', language: 'bn' }, 2)
  const asked: string[] = []
  const scheduled = [
    probeRow({}, start + hourMs),
    probeRow(
      { suite: { id: 'agentic', version: '2.0.0', hash: 'ab', epoch: 2922 } },
      start + hourMs,
    ),
  ]
  const others = [
    // Of a later run than the period, and of live traffic, which the history tells.
    probeRow({ condition: 'depth=5' }, start + 5 * hourMs),
    probeRow(
      { condition: 'language=bn', source: { kind: 'live', id: 's', trace: ['x'] } },
      start + hourMs,
    ),
  ]
  const admin = createAdmin({
    recorder,
    ready: () => true,
    log: { scrapeFailed: t.error },
    operator: {
      token: 'operator-token-of-a-test',
      async ask(request) {
        if (request.kind === 'profile') {
          return { ok: true, body: profileJson([...scheduled, ...others]) }
        }
        if (request.kind !== 'history') throw new Error(request.kind)
        const [from, to] = [request.from ?? 0, request.to ?? 0].map((ms) => Math.floor(ms / hourMs))
        const [fromTick, toTick] = [from ?? 0, to ?? 0]
        asked.push(`${firstTick - fromTick} to ${toTick - firstTick}`)
        const records = shortHistory.records.filter(
          ({ tick }) => tick >= fromTick && tick <= toTick,
        )
        return { ok: true, body: historyJson({ ...shortHistory, fromTick, toTick, records }) }
      },
    },
  })
  const { port } = await admin.listen('127.0.0.1', 0)
  t.teardown(() => admin.close())
  const token = ['--token-file', file('token', 'operator-token-of-a-test\n')]
  const url = `http://127.0.0.1:${port}`
  const twin = await made(t, '--admin', url, ...token)
  // One look at the last tick, then 40 days before and the period, 200 ticks a page.
  t.same(asked, ['-3 to 3', '960 to -761', '760 to -561', '560 to -361', '360 to -161', '160 to 3'])
  t.match(twin.inputs, [
    { name: `127.0.0.1:${port}`, holds: 'the history of live traffic' },
    {
      name: `127.0.0.1:${port}/metrics`,
      holds: 'turns of conversations since the process started',
    },
    { name: `127.0.0.1:${port}/profile`, holds: 'rows of scheduled runs' },
  ])
  t.same(
    new Set(twin.profile.filter(({ source }) => source.kind === 'probe').map(({ id }) => id)),
    new Set(scheduled.map(({ id }) => id)),
  )
  const both = await made(
    t,
    '--admin',
    url,
    ...token,
    '--profile',
    file('same.json', profileText(scheduled)),
  )
  t.equal(both.profile.length, twin.profile.length, 'a row that comes twice stands once')
  const [fresh] = scheduled.filter(({ suite }) => suite?.epoch === 2922)
  t.match(
    (await runCommand(report, [...period, '--admin', url, ...token, '--explain', fresh?.id ?? '']))
      .out,
    'scheduled run run_1',
  )
  const turns = twin.profile.filter(({ source }) => source.kind === 'interaction')
  const repair = turns.find(
    ({ measure, condition }) => measure === 'repair_rate' && condition === 'language=bn',
  )
  t.match(repair, {
    dimension: 'common_ground',
    level: 'deployment',
    estimate: 0.15,
    counts: { yes: 3, turns: 20 },
    exclusions: { user_opening: 5 },
    window: null,
    source: { trace: [`127.0.0.1:${port}/metrics: since the process started`] },
  })
  t.match(
    turns.find(({ measure }) => measure === 'correction_followed_rate'),
    { estimate: 1, n: 2 },
  )
  t.ok(twin.profile.some(({ source }) => source.kind === 'live'))
  t.match(
    twin.coverage?.dimensions.find(({ dimension }) => dimension === 'common_ground'),
    { furthest: 'deployment' },
  )
  const told = await runCommand(report, [
    ...period,
    '--admin',
    url,
    ...token,
    '--explain',
    repair?.id ?? '',
  ])
  t.match(told.out, 'estimate 0.15, the same')
  t.same(await refused('--admin', url, '--token-file', file('other', 'another-token')), [
    'holdfast report: --admin: a bearer token is needed',
  ])
})

t.test('faults name the option, the file and the place in it', async (t) => {
  const bad = file('bad.json', '{"format":"holdfast-profile","version":1,"rows":[{}]}')
  const claims = file('claims.yaml', 'claims:\n  - id: a\n    statement: b\n    level: model\n')
  const run = file('run.jsonl', '{"run":"r"}\n')
  t.same(await refused('--profile', bad, '--claims', claims, '--run', run), [
    `holdfast report: --run: ${run}:1: is no line of a probe run: "probe" is missing`,
    `holdfast report: --profile: ${bad}: row 1 is none, or was changed`,
    `holdfast report: --claims: ${claims}:2: a: dimension is missing`,
    `holdfast report: --claims: ${claims}:2: a: condition is missing`,
    `holdfast report: --claims: ${claims}:2: a: bound is missing`,
  ])
  const none = at('none.json')
  t.same(await refused('--history', none, '--calibration', none, '--profile', none), [
    `holdfast report: --history: ${none}: cannot be read (ENOENT)`,
    `holdfast report: --profile: ${none}: cannot be read (ENOENT)`,
    `holdfast report: --calibration: ${none}: cannot be read (ENOENT)`,
  ])
  t.same(await refused('--history', bad), [
    `holdfast report: --history: ${bad}: is no answer of GET /history`,
  ])
  t.same(await refused('--history', run, '--admin', 'http://127.0.0.1:1'), [
    'holdfast report: arguments: give one of --snapshot, --history and --admin',
  ])
  t.same(await refused('--admin', 'ftp://h', '--token-file', none), [
    'holdfast report: --admin: is not an http or https URL',
    'holdfast report: --token-file: names a file that cannot be read (ENOENT)',
  ])
  t.same(await refused('--snapshot', none), [
    'holdfast report: --config: is needed with --snapshot: ticks and nulls stand in it',
  ])
  t.same((await runCommand(report, ['--from', '2026-01-02', '--to', 'x'])).err.split('\n'), [
    'holdfast report: --to: is no time as 2026-01-31T00:00:00Z',
    '',
  ])
})
