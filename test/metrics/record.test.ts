import t from 'tap'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import { createDelta } from '../../src/metrics/delta.ts'
import { createRecorder, type RecorderOptions } from '../../src/metrics/record.ts'

const options: RecorderOptions = {
  languages: ['en', 'de'],
  models: [],
  modelsAutoMax: 2,
  seriesMax: 5000,
  version: '1.2.3',
  node: 'v20.0.0',
}

/** Name with labels -> value, as a scraper reads it. */
async function scrape(recorder: ReturnType<typeof createRecorder>): Promise<Map<string, number>> {
  const text = await recorder.text()
  t.ok(text.endsWith('\n# EOF\n'))
  const values = new Map<string, number>()
  for (const line of text.split('\n')) {
    const match = /^([a-z_]+(?:\{[^}]*\})?) (\S+)(?: #.*)?$/.exec(line)
    if (match === null) continue
    if (values.has(match[1] ?? '')) throw new Error(`twice: ${line}`)
    values.set(match[1] ?? '', Number(match[2]))
  }
  return values
}

t.test(
  'everything that can be counted starts at 0, and the series are counted right',
  async (t) => {
    const values = await scrape(createRecorder(options))
    const judged =
      'holdfast_judged_total{source="live",language="und",set="unclassified",verdict="unclear"}'
    t.equal(values.get(judged), 0)
    t.equal(values.get('holdfast_dropped_total{stage="monitor",reason="monitor_lost"}'), 0)
    t.equal(values.get('holdfast_build_info{version="1.2.3",node="v20.0.0"}'), 1)
    t.equal(values.get('holdfast_proxy_overhead_seconds_bucket{le="+Inf"}'), 0)
    t.equal(values.get('holdfast_in_flight'), 0)
    t.equal(values.get('holdfast_series'), values.size)
  },
)

t.test('counts, gauges and observations arrive under their labels', async (t) => {
  const recorder = createRecorder(options)
  recorder.inc('holdfast_exchanges_total', { protocol: 'openai_chat', outcome: 'complete' })
  recorder.inc('holdfast_exchanges_total', { protocol: 'openai_chat', outcome: 'complete' }, 2)
  recorder.set('holdfast_in_flight', {}, 7)
  recorder.observe('holdfast_exchange_duration_seconds', { protocol: 'openai_chat' }, 0.03)
  recorder.observe('holdfast_exchange_duration_seconds', { protocol: 'openai_chat' }, 1e9)
  const values = await scrape(recorder)
  t.equal(values.get('holdfast_exchanges_total{protocol="openai_chat",outcome="complete"}'), 3)
  t.equal(values.get('holdfast_in_flight'), 7)
  const bucket = (le: string) =>
    values.get(`holdfast_exchange_duration_seconds_bucket{le="${le}",protocol="openai_chat"}`)
  t.strictSame(['0.02', '0.04', '81.92', '+Inf'].map(bucket), [0, 1, 1, 2])
  t.equal(values.get('holdfast_exchange_duration_seconds_count{protocol="openai_chat"}'), 2)
})

t.test('what may be unknown has no series until it is set, and goes absent again', async (t) => {
  const recorder = createRecorder(options)
  const before = await scrape(recorder)
  const name = 'holdfast_refusal_rate_corrected'
  t.notOk([...before.keys()].some((key) => key.startsWith(name)))
  const labels = (language: string) => ({ language, set: 'should_refuse', bound: 'est' }) as const
  recorder.replace(name, [
    { labels: labels('en'), value: 0.9 },
    { labels: labels('de'), value: 0 },
  ])
  const both = await scrape(recorder)
  t.equal(both.get(`${name}{language="en",set="should_refuse",bound="est"}`), 0.9)
  t.equal(both.get(`${name}{language="de",set="should_refuse",bound="est"}`), 0, '0 is a rate')
  t.equal(both.get('holdfast_series'), before.size + 2)
  recorder.replace(name, [{ labels: labels('en'), value: 0.8 }])
  const one = await scrape(recorder)
  t.equal(one.get(`${name}{language="en",set="should_refuse",bound="est"}`), 0.8)
  t.notOk(one.has(`${name}{language="de",set="should_refuse",bound="est"}`))
  recorder.replace(name, [])
  t.strictSame([...(await scrape(recorder))], [...before])
})

t.test(
  'a value outside of its set becomes other, or is not counted, and is told either way',
  async (t) => {
    const recorder = createRecorder(options)
    const before = await scrape(recorder)
    recorder.inc('holdfast_answer_language_total', { language: 'xx' })
    recorder.inc('holdfast_answer_language_total', { language: 'a"b\n}{' })
    recorder.apply({
      counts: [
        {
          name: 'holdfast_exchanges_total',
          labels: { protocol: 'smtp', outcome: 'complete' },
          value: 1,
        },
        {
          name: 'holdfast_dropped_total',
          labels: { stage: 'queue', reason: 'not_json' },
          value: 1,
        },
        { name: 'holdfast_exchanges_total', labels: {}, value: 1 },
      ],
      observations: [],
      lost: [],
    })
    const after = await scrape(recorder)
    t.strictSame([...after.keys()], [...before.keys()], 'no series was added')
    t.equal(after.get('holdfast_answer_language_total{language="other"}'), 2)
    const overflow = (metric: string) =>
      after.get(`holdfast_label_overflow_total{metric="${metric}"}`)
    t.equal(overflow('holdfast_answer_language_total'), 2)
    t.equal(overflow('holdfast_exchanges_total'), 2)
    t.equal(overflow('holdfast_dropped_total'), 1)
  },
)

t.test(
  'gauges of another thread are replaced whole; what they no longer hold is absent',
  async (t) => {
    const recorder = createRecorder(options)
    const before = await scrape(recorder)
    const judge = 'model_graded'
    const apply = (value: number | undefined) => {
      const rows = value === undefined ? [] : [{ labels: { judge }, value }]
      const gauges = [{ name: 'holdfast_judge_queue' as const, rows }]
      recorder.apply({ counts: [], observations: [], lost: [], gauges })
    }
    const name = 'holdfast_judge_queue{judge="model_graded"}'
    t.equal(before.get(name), undefined)
    apply(3)
    t.equal((await scrape(recorder)).get(name), 3)
    apply(Number.NaN)
    const broken = await scrape(recorder)
    t.equal(broken.get(name), undefined)
    t.equal(broken.get('holdfast_label_overflow_total{metric="holdfast_judge_queue"}'), 1)
    apply(0)
    t.equal((await scrape(recorder)).get(name), 0)
    apply(undefined)
    const after = await scrape(recorder)
    t.strictSame([...after.keys()], [...before.keys()])
    t.equal(after.get('holdfast_series'), after.size)
  },
)

t.test('10,000 invented models and languages add a bounded number of series', async (t) => {
  const recorder = createRecorder({ ...options, modelsAutoMax: 20 })
  const before = (await scrape(recorder)).size
  for (let i = 0; i < 10_000; i++) {
    recorder.inc('holdfast_judged_model_total', { model: `m${i}`, verdict: 'refused' })
    recorder.inc('holdfast_answer_language_total', { language: `l${i}` })
  }
  const values = await scrape(recorder)
  t.equal(values.size, before + 20)
  t.equal(values.get('holdfast_judged_model_total{model="other",verdict="refused"}'), 9980)
  t.equal(values.get('holdfast_label_overflow_total{metric="holdfast_judged_model_total"}'), 9980)
  t.equal(values.get('holdfast_series'), values.size)
})

t.test('the cap on series holds', async (t) => {
  const first = createRecorder(options)
  const start = (await scrape(first)).size
  const recorder = createRecorder({ ...options, seriesMax: start + 1 })
  recorder.inc('holdfast_judged_model_total', { model: 'a', verdict: 'refused' })
  recorder.inc('holdfast_judged_model_total', { model: 'a', verdict: 'partial' })
  recorder.inc('holdfast_judged_model_total', { model: 'a', verdict: 'refused' })
  const values = await scrape(recorder)
  t.equal(values.size, start + 1)
  t.equal(values.get('holdfast_judged_model_total{model="a",verdict="refused"}'), 2)
  t.equal(values.get('holdfast_label_overflow_total{metric="holdfast_judged_model_total"}'), 1)
})

t.test('a delta of another thread counts the same, and its nonsense is told', async (t) => {
  const recorder = createRecorder(options)
  const delta = createDelta()
  const labels = {
    source: 'live',
    language: 'de',
    set: 'unclassified',
    verdict: 'refused',
  } as const
  delta.inc('holdfast_judged_total', labels, 5, '0af7651916cd43dd8448eb211c80319c')
  delta.observe('holdfast_judge_duration_seconds', { judge: 'lexical' }, 0.00002)
  recorder.apply(structuredClone(delta.take()))
  recorder.apply({
    counts: [
      { name: 'holdfast_judged_total', labels, value: Number.NaN },
      { name: 'holdfast_judged_total', labels, value: -1 },
    ],
    observations: [
      { name: 'holdfast_judge_duration_seconds', labels: { judge: 'lexical' }, seconds: [-1] },
    ],
    lost: [{ name: 'holdfast_judged_total', value: 3 }],
  })
  const values = await scrape(recorder)
  t.equal(
    values.get(
      'holdfast_judged_total{source="live",language="de",set="unclassified",verdict="refused"}',
    ),
    5,
  )
  t.equal(values.get('holdfast_judge_duration_seconds_count{judge="lexical"}'), 1)
  t.equal(values.get('holdfast_label_overflow_total{metric="holdfast_judged_total"}'), 5)
  t.equal(values.get('holdfast_label_overflow_total{metric="holdfast_judge_duration_seconds"}'), 1)
})

t.test('exemplars carry a trace id that is one, on the two metrics that have them', async (t) => {
  const recorder = createRecorder(options)
  const id = '0af7651916cd43dd8448eb211c80319c'
  const labels = {
    source: 'live',
    language: 'de',
    set: 'unclassified',
    verdict: 'refused',
  } as const
  recorder.inc('holdfast_judged_total', labels, 1, id)
  recorder.observe('holdfast_time_to_first_byte_seconds', { protocol: 'openai_chat' }, 0.03, id)
  recorder.inc('holdfast_exchanges_total', { protocol: 'openai_chat', outcome: 'complete' }, 1, id)
  const text = await recorder.text()
  t.equal(text.split(id).length - 1, 2)
  t.match(
    text,
    /^holdfast_judged_total\{[^}]*"refused"\} 1 # \{trace_id="0af7[0-9a-f]+"\} 1 [\d.]+$/m,
  )
  t.match(
    text,
    /le="0\.04",protocol="openai_chat"\} 1 # \{trace_id="0af7[0-9a-f]+"\} 0\.03 [\d.]+$/m,
  )
  const other = createRecorder(options)
  other.inc('holdfast_judged_total', labels, 1, 'x"} 5\nevil 1')
  t.notMatch(await other.text(), /evil|# \{/)
})

t.test('a scrape is of one instant: what changes while it is read is read again', async (t) => {
  const recorder = createRecorder(options)
  let sampled = 0
  recorder.onScrape(() => recorder.set('holdfast_in_flight', {}, sampled))
  const sample = (): void => {
    sampled++
    recorder.inc('holdfast_sampled_total', { protocol: 'openai_chat' })
  }
  for (let i = 0; i < 50; i++) {
    const scraping = recorder.text()
    // Changes between the microtasks of the scrape, as the traffic's own promises make them.
    for (let turn = 0; turn < i % 10; turn++) await Promise.resolve()
    sample()
    const text = await scraping
    const counted = /^holdfast_sampled_total\{protocol="openai_chat"\} (\d+)/m.exec(text)?.[1]
    const gauge = /^holdfast_in_flight (\d+)/m.exec(text)?.[1]
    t.equal(gauge, counted)
  }
})

t.test('with the default languages a scrape takes a few milliseconds', async (t) => {
  const recorder = createRecorder({ ...options, languages: coreLanguages, seriesMax: 20_000 })
  const times: number[] = []
  for (let i = 0; i < 50; i++) {
    const start = performance.now()
    await recorder.text()
    times.push(performance.now() - start)
  }
  const median = times.sort((a, b) => a - b)[25] ?? 0
  t.comment(`median ${median.toFixed(2)} ms`)
  t.ok(median < 50, 'ten times the figure of a quiet machine')
})
