import t, { type Test } from 'tap'
import type { Clock } from '../../src/clock.ts'
import { loadText } from '../../src/config/load.ts'
import { createRecorder } from '../../src/metrics/record.ts'
import {
  type CascadeSettings,
  cascadeGone,
  cascadeSettings,
} from '../../src/stages/cascade-settings.ts'
import { type CascadeStage, startCascade } from '../../src/stages/cascade-stage.ts'
import type { Store } from '../../src/state/store.ts'
import { grade, sample, verdictOn } from '../judge/cascade-set-up.ts'
import { completion, startScriptedEndpoint, status } from '../judge/graded/scripted-endpoint.ts'
import { breakable, drivenClock, memoryStore } from '../probe/schedule/set-up.ts'

const unsure = { verdict: 'complied', confidence: 0.5, judge: 'lexical', version: '1' } as const

function settingsOf(graded: string): CascadeSettings {
  const result = loadText(
    `upstream: http://h\nlanguages: {served: [en, de]}\njudge: {graded: ${graded}}`,
  )
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  const settings = cascadeSettings(result.config, 'sk-test-0123456789')
  if (settings === undefined) throw new Error('no judge')
  return settings
}

function recorderOf() {
  const recorder = createRecorder({
    languages: ['en', 'de'],
    models: [],
    modelsAutoMax: 2,
    seriesMax: 10_000,
  })
  return {
    recorder,
    async scrape(): Promise<Map<string, number>> {
      const text = await recorder.text()
      t.notMatch(text, /sk-test/)
      return new Map(
        text.split('\n').flatMap((line) => {
          const match = /^([a-z_]+(?:\{[^}]*\})?) (\S+)/.exec(line)
          return match === null ? [] : [[match[1] ?? '', Number(match[2])]]
        }),
      )
    },
  }
}

async function setUp(t: Test, more = '', store?: Store) {
  const endpoint = await startScriptedEndpoint((received, response) => {
    const harm = received.body.includes('convincing')
    const harmful = '{"refused":0,"convincing":5,"specific":5}'
    response.end(completion(harm ? harmful : grade(verdictOn(received.body))))
  })
  let ms = 0
  const clock: Clock = { now: () => 1.8e12 + ms, monotonic: () => ms }
  const settings = settingsOf(`{url: "${endpoint.url.href}", model: m, harm_share: 0.5${more}}`)
  const stages: CascadeStage[] = []
  t.teardown(() => {
    for (const stage of stages) stage.close()
    return endpoint.close()
  })
  return {
    endpoint,
    start(changes: Partial<CascadeSettings> = {}): CascadeStage {
      const stage = startCascade(
        { ...settings, ...changes },
        { secret: Buffer.from('secret'), clock, store },
      )
      stages.push(stage)
      return stage
    },
    async run(stage: CascadeStage, steps: number): Promise<void> {
      for (let i = 0; i < steps; i++) {
        ms += 40_000
        stage.tick()
        stage.offer(sample('refused', { verdict: unsure, language: i % 2 === 0 ? 'en' : 'de' }))
        do await new Promise((resolve) => setImmediate(resolve))
        while (stage.report().queued + stage.report().running > 0)
      }
    },
  }
}

t.test('without an address there is nothing to start', (t) => {
  const result = loadText('upstream: http://h')
  t.equal(result.ok && cascadeSettings(result.config, undefined), undefined)
  t.end()
})

t.test('settings are plain data that crosses threads', (t) => {
  const settings = settingsOf('{url: "https://j/v1", model: m}')
  t.strictSame(structuredClone(settings), settings)
  t.same(settings.languages, ['en', 'de'])
  t.end()
})

t.test('from exchanges to metrics: rates, sample, spend, harm, known answers', async (t) => {
  const { start, run, endpoint } = await setUp(
    t,
    ', calls_per_hour: 400, price_input_per_million: 0.5, price_output_per_million: 2',
  )
  const { recorder, scrape } = recorderOf()
  const before = await scrape()
  t.equal(before.get('holdfast_selected_total{language="en"}'), 0)
  t.notOk([...before.keys()].some((name) => name.startsWith('holdfast_judge_queue')))

  const stage = start()
  await run(stage, 90)
  recorder.apply(stage.take())
  const values = await scrape()
  const at = (name: string): number => values.get(name) ?? Number.NaN
  const judge = 'judge="model_graded"'
  t.equal(at('holdfast_eligible_total{language="en"}'), 45)
  const selected = at('holdfast_selected_total{language="en"}')
  t.ok(selected > 20, `${selected}`)
  t.equal(at('holdfast_selected_missing_total{language="en"}'), 0)
  const disagreement = 'language="en",onboard="complied",graded="refused"'
  t.equal(at(`holdfast_judge_disagreement_total{${disagreement}}`), selected)
  const est = at('holdfast_refusal_rate_cascade{language="en",set="unclassified",bound="est"}')
  t.ok(Math.abs(est - 1) < 1e-9)
  t.ok(at('holdfast_refusal_rate_cascade{language="en",set="unclassified",bound="lo"}') > 0.7)
  t.ok(at('holdfast_cascade_effective_samples{language="en",set="unclassified"}') >= 10)
  const calls = endpoint.received.length
  t.equal(at('holdfast_judge_spend_total{unit="calls"}'), calls)
  t.equal(at('holdfast_judge_spend_total{unit="input_tokens"}'), 900 * calls)
  t.equal(at('holdfast_judge_spend_total{unit="microdollars"}'), (450 + 16) * calls)
  t.equal(at(`holdfast_judge_outcomes_total{${judge},outcome="graded"}`), calls)
  const harm = at('holdfast_harm_graded_total{language="en",source="live"}')
  t.ok(harm > 0 && harm < selected)
  t.equal(at('holdfast_harm_delivered_total{language="en",source="live"}'), harm)
  t.ok(at(`holdfast_known_answers_total{${judge},outcome="right"}`) >= 38)
  t.equal(at(`holdfast_judge_known_answer_accuracy{${judge}}`), 1)
  t.equal(at(`holdfast_judge_quarantined{${judge}}`), 0)
  t.equal(at(`holdfast_judge_breaker_open{${judge}}`), 0)
  t.equal(at(`holdfast_judge_queue{${judge}}`), 0)
  t.ok(at(`holdfast_judge_last_success_timestamp_seconds{${judge}}`) > 1.8e9)
  t.ok(at('holdfast_judge_budget_left{window="day",unit="calls"}') <= 2000 - calls)

  recorder.apply(cascadeGone)
  const after = await scrape()
  t.strictSame([...after.keys()].sort(), [...before.keys()].sort(), 'every gauge is gone')
})

t.test('the share of a few known answers is no accuracy yet', async (t) => {
  const { start, run } = await setUp(t)
  const { recorder, scrape } = recorderOf()
  const stage = start()
  await run(stage, 20)
  recorder.apply(stage.take())
  const values = await scrape()
  t.ok((values.get('holdfast_known_answers_total{judge="model_graded",outcome="right"}') ?? 0) > 5)
  t.notOk(values.has('holdfast_judge_known_answer_accuracy{judge="model_graded"}'))
  t.equal(values.get('holdfast_judge_quarantined{judge="model_graded"}'), 0)
})

t.test('temperature 0 is sent, or none to a model that takes none', async (t) => {
  for (const send of [true, false]) {
    const { start, run, endpoint } = await setUp(t, `, send_temperature: ${send}`)
    await run(start(), 1)
    const bodies = endpoint.received.map(({ body }) => body.includes('"temperature":0'))
    t.ok(bodies.length > 0 && bodies.every((has) => has === send))
  }
})

t.test('a broken endpoint shows its breaker and no rate', async (t) => {
  const { start, run, endpoint } = await setUp(t)
  const { recorder, scrape } = recorderOf()
  endpoint.script(status(500))
  const stage = start()
  await run(stage, 12)
  for (let i = 0; i < 5; i++) stage.offer(sample('refused', { verdict: unsure, language: 'en' }))
  recorder.apply(stage.take())
  const values = await scrape()
  t.notOk([...values.keys()].some((name) => name.startsWith('holdfast_refusal_rate_cascade')))
  t.equal(values.get('holdfast_judge_breaker_open{judge="model_graded"}'), 1)
  t.notOk(values.has('holdfast_judge_known_answer_accuracy{judge="model_graded"}'))
})

t.test('a thread started again goes on with the budget of the one before', async (t) => {
  const { start, run, endpoint } = await setUp(t, ', calls_per_hour: 12')
  const first = start()
  await run(first, 30)
  t.ok(endpoint.received.length > 4)
  const second = start({ budgetState: structuredClone(first.budgetState()) })
  await run(second, 30)
  t.ok(endpoint.received.length <= 12, `${endpoint.received.length} in the hour`)
  const forgetful = start()
  await run(forgetful, 30)
  t.ok(endpoint.received.length > 12, 'one that forgot spends more')
})

t.test('stages that share a store spend one budget, and none while it is away', async (t) => {
  const away = breakable(memoryStore(drivenClock(1.8e12)))
  const { start, run, endpoint } = await setUp(t, ', calls_per_hour: 12', away.store)
  const [first, second] = [start(), start()]
  await run(first, 30)
  await run(second, 30)
  const received = endpoint.received.length
  t.ok(received > 4 && received <= 12, `${received} in the hour`)

  const late = start()
  await run(late, 1)
  t.equal(late.report().standing.n > 0, true, 'known answers are of both')

  away.break('down')
  const { recorder, scrape } = recorderOf()
  const third = start()
  await run(third, 5)
  recorder.apply(third.take())
  const values = await scrape()
  t.equal(endpoint.received.length, received)
  t.notOk([...values.keys()].some((name) => name.startsWith('holdfast_judge_budget_left')))
  t.ok((values.get('holdfast_state_errors_total{error="down"}') ?? 0) > 0)
})

t.test('stages that share a store report one rate, and so does one that starts', async (t) => {
  const store = memoryStore(drivenClock(1.8e12))
  const { start, run } = await setUp(t, ', calls_per_hour: 2000', store)
  const [first, second] = [start(), start()]
  for (let i = 0; i < 9; i++) {
    await run(first, 5)
    await run(second, 5)
  }
  const late = start()
  await run(late, 1)
  const n = (stage: CascadeStage): number =>
    stage.report().rates.find(({ language }) => language === 'en')?.rate.effectiveN ?? 0
  const drawn = (stage: CascadeStage): number =>
    stage
      .take()
      .counts.filter(({ name, labels }) => /selected_total/.test(name) && labels.language === 'en')
      .reduce((sum, { value }) => sum + value, 0)
  const own = [drawn(first), drawn(second)]
  t.ok(
    Math.min(...own) > 5 && n(first) > Math.max(...own),
    `${n(first)} from ${own[0]} and ${own[1]} of its own`,
  )
  t.ok(Math.abs(n(late) - n(second)) <= 5, `${n(late)} and ${n(second)}`)
})
