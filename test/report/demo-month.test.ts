/** A demo month with planted changes, from the watch to the report as people and machines read it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { Check } from 'typebox/value'
import { report as command } from '../../src/commands/report.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { explain, explainer } from '../../src/report/explain.ts'
import { reportHtml } from '../../src/report/html/page.ts'
import { reportMarkdown } from '../../src/report/markdown.ts'
import { type Report, reportSchema } from '../../src/report/report-document.ts'
import type { ReportInput } from '../../src/report/report-input.ts'
import { demoMonth, end, historyOf, start, tickMs } from './demo-month.ts'

const { store } = await demoMonth()
const history = await historyOf(store)
const input: ReportInput = {
  from: start,
  to: end,
  files: [],
  history: { history, origin: 'state.bin' },
  interaction: undefined,
  runs: [],
  rows: [],
  calibrations: [],
  claims: [
    {
      name: 'bn',
      statement: 'Refuses in Bengali as in English',
      level: 'deployment',
      dimension: 'refusal_calibration',
      measure: undefined,
      condition: 'language=bn',
      bound: { kind: 'difference', to: 'language=en', atMost: 10 },
      boundText: 'difference to en <= 10 points',
      model: undefined,
      suite: undefined,
    },
  ],
  evidence: undefined,
  command: 'holdfast report --from A --to B',
}
/** The JSON twin, read back as a reader of the file gets it. */
const twin: Report = JSON.parse(JSON.stringify(buildReport(input)))
const findings = (kind: string) => twin.summary.findings.filter((one) => one.kind === kind)

t.test('the language that drifted is named, with when it began and by how much', async (t) => {
  const [drift, ...more] = findings('drift')
  t.equal(more.length, 0)
  t.equal(drift?.urgency, 'act')
  t.match(drift?.text, /^Bengali: behaviour left its baseline about 1[23] Jan 2026\./)
  const own = twin.episodes.filter(({ language }) => language === 'bn')
  t.ok(own.some(({ metric }) => metric === 'refusal_gap'))
  t.ok(own.some(({ metric }) => metric === 'refusal_level'))
  for (const { reading, opened_at } of own) {
    t.equal(reading, 'behaviour')
    t.ok(Date.parse(opened_at) > start + 12 * 86_400_000, 'not before it was planted')
  }
})

t.test('the swap of the model is named to the tick, with both models', async (t) => {
  const models = twin.changes.filter(({ kind }) => kind === 'model')
  t.match(models, [{ at: '2026-01-19T00:00:00Z', from: 'model-1', to: 'model-2' }])
  t.equal(models.length, 1)
  t.match(findings('model_change')[0]?.text, /model-1 before, model-2 after/)
  t.equal(twin.deltas.filter(({ language }) => language === null).length, 1)
})

t.test('the outage of the judge is a gap in coverage, and no figure reaches over it', async (t) => {
  t.match(twin.coverage?.gaps, [
    {
      from: '2026-01-22T00:00:00Z',
      to: '2026-01-23T06:00:00Z',
      ticks: 10,
      reason: 'dropped',
      dropped: { 'judge:runtime': 1320 },
    },
  ])
  t.equal(twin.coverage?.ticks, 240)
  t.equal(twin.coverage?.ticks_with_verdicts, 230)
  t.equal(findings('gap_in_coverage').length, 1)
  const rates = twin.series.filter(({ kind }) => kind === 'refusal_rate')
  t.equal(rates.length, 3)
  for (const { points } of rates) {
    t.strictSame(
      points.flatMap(({ from, value }) => (value === null ? [from] : [])),
      ['2026-01-22T00:00:00Z'],
      'the one whole day of it has no value',
    )
  }
})

t.test('behaviour is not blamed for the shift of the mix', async (t) => {
  const german = twin.episodes.filter(({ language }) => language === 'de')
  t.ok(german.length > 0, 'the detector of the level cannot know better')
  for (const { reading, change } of german) {
    t.equal(reading, 'mix')
    t.ok((change?.mix ?? 0) < -15)
    t.ok(Math.abs(change?.behaviour ?? 99) < 3)
  }
  t.notOk(
    twin.episodes.some(({ language, metric }) => language === 'de' && metric === 'refusal_gap'),
  )
  t.notOk(findings('drift').some(({ text }) => text.includes('German')))
  t.match(findings('mix_shift')[0], { urgency: 'note', text: /^German: other requests came in/ })
  const last = twin.movements.filter(({ language }) => language === 'de').at(-1)
  t.equal(last?.reading, 'mix')
  t.notOk(twin.episodes.some(({ language }) => language === 'en'))
})

t.test('the replay has the counts of every detector that runs', async (t) => {
  t.match(twin.replay, { checked: 18, agrees: 18, threshold: 120_000 })
})

t.test('a claim that the deployment refutes is not supported, with the interval', async (t) => {
  const [claim] = twin.claims
  t.match(claim, { outcome: 'not_supported', distance: 0, evidenced_level: 'deployment' })
  t.ok((claim?.interval?.lo ?? 0) > 10)
})

t.test('the twin fits its published schema, and the same input gives the same bytes', async (t) => {
  t.ok(Check(reportSchema, twin))
  t.notOk(Check(reportSchema, { ...twin, more: 1 }))
  const again = buildReport({
    ...input,
    history: { history: await historyOf(store), origin: 'state.bin' },
  })
  t.equal(JSON.stringify(again), JSON.stringify(buildReport(input)))
  t.equal(reportHtml(again), reportHtml(buildReport(input)))
})

/** Every id in the twin, and every number with the id of the nearest part around it. */
function walk(
  value: unknown,
  id: string | undefined,
  found: { ids: Set<string>; bare: string[] },
  path: string,
) {
  if (typeof value === 'number' && id === undefined) found.bare.push(path)
  if (typeof value !== 'object' || value === null) return
  const own =
    'id' in value && typeof value.id === 'string' && /^[0-9a-f]{12}$/.test(value.id) ? value.id : id
  if (own !== undefined) found.ids.add(own)
  for (const [key, item] of Object.entries(value)) walk(item, own, found, `${path}.${key}`)
}

t.test('every number traces to rows', async (t) => {
  const found = { ids: new Set<string>(), bare: [] as string[] }
  walk(twin, undefined, found, '')
  t.strictSame(found.bare, ['.version'], 'only the version of the schema is of no part')
  t.ok(found.ids.size > 40)
  const [episode] = twin.episodes
  const told = explain(input, episode?.id ?? '') ?? ''
  const { refused, n } = episode?.during ?? { refused: -1, n: -1 }
  t.match(told, `together: ${refused} refused of ${n}, 0 unclear`)
  const row = twin.profile.find(
    ({ measure, condition }) => measure === 'refusal_rate' && condition === 'language=bn',
  )
  const rowTold = explain(input, row?.id ?? '') ?? ''
  t.match(rowTold, ', the same\n')
  t.match(rowTold, `together: ${row?.counts['yes']} refused of ${row?.n}, 0 unclear`)
  for (const { about } of twin.summary.findings) {
    t.ok(about.length > 0)
    for (const id of about) t.ok(found.ids.has(id), `${id} is a part of the report`)
  }
  t.equal(explain(input, 'ffffffffffff'), undefined)
})

t.test('every id under which a number stands can be explained', async (t) => {
  const found = { ids: new Set<string>(), bare: [] as string[] }
  walk(twin, undefined, found, '')
  const explained = explainer(input)
  let checked = 0
  for (const id of found.ids) {
    if (explained(id)?.includes(id) === true) checked++
    else t.fail(`${id} is not known`)
  }
  t.equal(checked, found.ids.size)
  t.ok(checked > 50, `${checked} ids`)
  const rows = twin.profile.filter(({ interval }) => interval !== null)
  for (const { id, measure } of rows) {
    t.match(explained(id), 'estimate ', `${measure} is made again`)
    t.notMatch(explained(id), ' in the row', `${measure} comes out the same`)
  }
  t.match(explained(twin.replay?.id ?? ''), /^replay [0-9a-f]{12}\n/)
})

t.test(
  'the page holds every id once, loads nothing and runs nothing; so does Markdown',
  async (t) => {
    const html = reportHtml(buildReport(input))
    for (const part of [
      'episodes',
      'deltas',
      'movements',
      'changes',
      'incidents',
      'judges',
      'profile',
    ] as const) {
      for (const { id } of twin[part])
        t.equal(html.split(`id="e-${id}"`).length, 2, `${part} ${id}`)
    }
    t.notMatch(html, /<script|https?:\/\/|@import|url\(/)
    const markdown = reportMarkdown(buildReport(input))
    for (const { id } of twin.episodes) t.ok(markdown.includes(id))
  },
)

t.test(
  'the command makes the same from a snapshot and the configuration, and traces an id',
  async (t) => {
    const folder = t.testdir({
      'holdfast.yaml': [
        'upstream: http://127.0.0.1:1',
        `drift: { tick_ms: ${tickMs}, gap_null: 0.02, grace_ms: 120000 }`,
        'languages: { served: [en, bn, de] }',
        'judge: { request_sets: true }',
        '',
      ].join('\n'),
    })
    const snapshot = join(folder, 'state.bin')
    writeFileSync(snapshot, store.snapshot())
    const run = async (...args: string[]) => {
      const stdout = new PassThrough()
      const stderr = new PassThrough()
      const given = ['--from', '2026-01-01T00:00:00Z', '--to', '2026-01-31T00:00:00Z']
      const all = [
        ...given,
        '--snapshot',
        snapshot,
        '--config',
        join(folder, 'holdfast.yaml'),
        ...args,
      ]
      const { signal } = new AbortController()
      const code = await command.run(all, { stdout, stderr, env: {}, signal })
      return { code, out: String(stdout.read() ?? ''), told: String(stderr.read() ?? '') }
    }
    const out = join(folder, 'report.json')
    const made = await run('--format', 'json', '--out', out)
    t.equal(made.told, '')
    t.equal(made.code, 0)
    const read: Report = JSON.parse(readFileSync(out, 'utf8'))
    t.ok(Check(reportSchema, read))
    t.strictSame(read.episodes, twin.episodes)
    t.match(read.inputs, [{ name: 'holdfast.yaml' }, { name: 'state.bin' }])
    const told = await run('--explain', read.episodes[0]?.id ?? '')
    t.equal(told.code, 0)
    t.match(told.out, /Ticks behind it:/)
    t.equal((await run('--explain', '000000000000')).code, 1)
    t.match((await run('--format', 'doc')).told, /--format: must be html, md or json/)
    const html = await run('--out', join(folder, 'report.html'))
    t.equal(html.code, 0)
    const keep = process.env['HOLDFAST_TEST_KEEP']
    if (keep !== undefined) writeFileSync(keep, readFileSync(join(folder, 'report.html')))
  },
)
