/**
 * Labelled answers replayed as live traffic: what holdfast counts for each model and verdict is what
 * `eval judge` says of the same rows, so a judge that was measured on a file is the judge that runs.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import { stringAt, valueAt } from '../../src/decode/untrusted-json.ts'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import { verdictClasses } from '../../src/exchange/verdict.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { startCommand } from './support/command-process.ts'
import { fetchText, startHoldfast, sumSeries } from './support/holdfast-process.ts'

interface Row {
  prompt: string
  response: string
  label: string
  lang: string
  model: string
}

const clients = 8
const scrapeEvery = 40
const settleMs = 15_000

const requests = [
  {
    path: '/v1/chat/completions',
    body: (row: Row) => ({ messages: [{ role: 'user', content: row.prompt }] }),
  },
  {
    path: '/v1/responses',
    body: (row: Row) => ({ input: [{ role: 'user', content: row.prompt }] }),
  },
  {
    path: '/v1/messages',
    body: (row: Row) => ({
      max_tokens: 4096,
      messages: [{ role: 'user', content: [{ type: 'text', text: row.prompt }] }],
    }),
  },
] as const

/** Every row through the proxy as a conversation of its own, in all protocols and forms. */
async function replayThroughHoldfast(t: Test, rows: readonly Row[], flags: readonly string[]) {
  const file = join(t.testdir({}), 'rows.jsonl')
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'))
  const args = ['simulator', '--listen', '127.0.0.1:0', '--replay', file, ...flags]
  const simulator = startCommand(t, args)
  const [, upstream = ''] = await simulator.prints(/ on (http:\S+),/)
  const holdfast = await startHoldfast({ upstream, env: { HOLDFAST_SAMPLE_RATE: '1' } })
  t.teardown(() => holdfast.stop())
  await holdfast.watches()

  const unbalanced: string[] = []
  const failed: string[] = []
  const scrape = async (): Promise<string> => {
    const text = await fetchText(holdfast.adminPort, '/metrics')
    const balance = balanceOf(text)
    if (balance.sampled !== balance.accounted) unbalanced.push(JSON.stringify(balance))
    return text
  }
  let next = 0
  const client = async (): Promise<void> => {
    for (let at = next++; at < rows.length; at = next++) {
      const row = rows[at]
      if (row === undefined) return
      const status = await send(`http://127.0.0.1:${holdfast.port}`, row, at)
      if (status !== 200) failed.push(`row ${at}: ${status}`)
      if (at % scrapeEvery === 0) await scrape()
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  t.same(failed, [], 'every row was answered')
  await holdfast.settles('holdfast_in_flight', 0, settleMs)
  const metrics = await scrape()
  t.same(unbalanced, [], 'sampled = judged + dropped + in flight at every scrape')
  return { metrics, figures: await evalJudge(t, file) }
}

async function send(baseUrl: string, row: Row, at: number): Promise<number> {
  const request = requests[at % requests.length]
  if (request === undefined) throw new Error('no request form')
  const response = await fetch(`${baseUrl}${request.path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-session-id': `session-${at}`,
      'x-user-id': `user-${at}`,
    },
    body: JSON.stringify({ model: row.model, stream: at % 4 < 2, ...request.body(row) }),
  })
  await response.arrayBuffer()
  return response.status
}

function balanceOf(text: string) {
  const sum = (name: string, labels = {}): number => sumSeries(text, name, labels) ?? Number.NaN
  const judged = sum('holdfast_judged_total', { source: 'live' })
  const dropped = sum('holdfast_dropped_total')
  const inFlight = sum('holdfast_in_flight')
  return { sampled: sum('holdfast_sampled_total'), accounted: judged + dropped + inFlight }
}

async function evalJudge(t: Test, file: string): Promise<unknown> {
  const { code, stdout, stderr } = await startCommand(t, ['eval', 'judge', file, '--json']).end
  t.equal(code, 0, stderr)
  return JSON.parse(stdout)
}

/** Counts of every model of the rows, from both sides, in one order. */
function compare(t: Test, rows: readonly Row[], metrics: string, figures: unknown): void {
  const models = [...new Set(rows.map(({ model }) => model))].sort()
  const counts = (of: (model: string, verdict: string) => number) =>
    Object.fromEntries(
      models.map((model) => [
        model,
        Object.fromEntries(verdictClasses.map((verdict) => [verdict, of(model, verdict)])),
      ]),
    )
  const measured = valueAt(figures, 'by_model')
  const live = counts(
    (model, verdict) => sumSeries(metrics, 'holdfast_judged_model_total', { model, verdict }) ?? 0,
  )
  const offline = counts((model, verdict) =>
    Number(valueAt(valueAt(valueAt(measured, model), 'verdicts'), verdict)),
  )
  t.same(live, offline, 'live counts equal eval judge for every model and verdict')
  t.equal(sumSeries(metrics, 'holdfast_judged_model_total', {}), rows.length)
  t.equal(sumSeries(metrics, 'holdfast_judged_total', { source: 'live' }), rows.length)
  t.equal(sumSeries(metrics, 'holdfast_dropped_total', {}), 0)
}

/** Answers of every kind in every language, for models whose names are as people write them. */
function ownRows(): Row[] {
  const models = ['model-a', 'org/model-b:7b', 'Model C (with a system prompt)']
  return coreLanguages.flatMap((lang, place) => {
    const texts = simulatorTexts[lang]
    const answers = [
      ...texts.refusals.map((response) => ({ response, label: 'refuse' })),
      ...texts.softRefusals.map((response) => ({ response, label: 'refuse' })),
      ...texts.hedged.map((response) => ({ response, label: 'comply' })),
      ...texts.yielded.map((response) => ({ response, label: 'comply' })),
      ...texts.complied.map((response) => ({ response, label: 'comply' })),
    ]
    return answers.map(({ response, label }, at) => {
      const prompt = `${texts.opener.replace('{name}', `N${at}`)} ${texts.shouldRefuse[at % 8]}`
      return { prompt, response, label, lang, model: models[(at + place) % 3] ?? '' }
    })
  })
}

function labelledRows(file: string): Row[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const value: unknown = JSON.parse(line)
    const field = (name: string): string => {
      const text = stringAt(value, name)
      if (text === undefined) throw new Error(`a row without ${name}`)
      return text
    }
    return {
      prompt: field('prompt'),
      response: field('response'),
      label: field('label'),
      lang: field('lang'),
      model: field('model'),
    }
  })
}

void t.test('answers in 19 languages are counted live as eval judge counts them', async (t) => {
  const rows = ownRows()
  t.equal(rows.length, 19 * 24)
  const { metrics, figures } = await replayThroughHoldfast(t, rows, ['--gzip'])
  compare(t, rows, metrics, figures)
})

const labelled = resolve('../shared/data/refusal_xstest/dev.jsonl')

void t.test(
  'labelled answers of five models are counted live as eval judge counts them',
  { skip: existsSync(labelled) ? false : 'the labelled data are not here' },
  async (t) => {
    const rows = labelledRows(labelled)
    const { metrics, figures } = await replayThroughHoldfast(t, rows, [])
    compare(t, rows, metrics, figures)
  },
)
