import t from 'tap'
import { createDelta } from '../../src/metrics/delta.ts'

const judged = { source: 'live', language: 'de', set: 'unclassified', verdict: 'refused' } as const

t.test('increments of one label set are summed, and a take empties', (t) => {
  const delta = createDelta()
  delta.inc('holdfast_judged_total', judged, 1, 'a'.repeat(32))
  delta.inc('holdfast_judged_total', judged, 2)
  delta.inc('holdfast_dropped_total', { stage: 'decode', reason: 'not_json' })
  delta.observe('holdfast_judge_duration_seconds', { judge: 'lexical' }, 0.5)
  delta.observe('holdfast_judge_duration_seconds', { judge: 'lexical' }, 0.25)
  const taken = delta.take()
  t.strictSame(taken, {
    counts: [
      { name: 'holdfast_judged_total', labels: judged, value: 3, traceId: 'a'.repeat(32) },
      { name: 'holdfast_dropped_total', labels: { stage: 'decode', reason: 'not_json' }, value: 1 },
    ],
    observations: [
      {
        name: 'holdfast_judge_duration_seconds',
        labels: { judge: 'lexical' },
        seconds: [0.5, 0.25],
      },
    ],
    lost: [],
  })
  t.strictSame(structuredClone(taken), taken)
  t.strictSame(delta.take(), { counts: [], observations: [], lost: [] })
  t.end()
})

t.test('the labels given may change afterwards', (t) => {
  const delta = createDelta()
  const labels = { language: 'de' }
  delta.inc('holdfast_answer_language_total', labels)
  labels.language = 'fr'
  delta.inc('holdfast_answer_language_total', labels)
  t.strictSame(
    delta.take().counts.map((count) => count.labels),
    [{ language: 'de' }, { language: 'fr' }],
  )
  t.end()
})

t.test('gauges are handed over whole, the last state only, and once', (t) => {
  const delta = createDelta({ setsMax: 2, observationsMax: 2 })
  const judge = 'model_graded'
  const rows = (...values: number[]) =>
    values.map((value) => ({ labels: { judge }, value }) as const)
  delta.replace('holdfast_judge_queue', rows(1))
  delta.replace('holdfast_judge_queue', rows(2, 3, 4))
  delta.replace('holdfast_judge_breaker_open', [])
  const taken = delta.take()
  t.strictSame(taken.gauges, [
    { name: 'holdfast_judge_queue', rows: rows(2, 3) },
    { name: 'holdfast_judge_breaker_open', rows: [] },
  ])
  t.strictSame(taken.lost, [{ name: 'holdfast_judge_queue', value: 1 }])
  t.strictSame(structuredClone(taken), taken)
  t.equal('gauges' in delta.take(), false)
  t.end()
})

t.test('beyond its bounds it grows no further and says what was lost', (t) => {
  const delta = createDelta({ setsMax: 2, observationsMax: 2 })
  for (let i = 0; i < 10; i++) {
    delta.inc('holdfast_judged_model_total', { model: `m${i}`, verdict: 'refused' }, 2)
    delta.observe('holdfast_judge_duration_seconds', { judge: 'lexical' }, i)
  }
  delta.inc('holdfast_judged_model_total', { model: 'm0', verdict: 'refused' })
  const taken = delta.take()
  t.strictSame(
    taken.counts.map((count) => count.value),
    [3, 2],
  )
  t.strictSame(taken.observations[0]?.seconds, [0, 1])
  t.strictSame(taken.lost, [
    { name: 'holdfast_judged_model_total', value: 16 },
    { name: 'holdfast_judge_duration_seconds', value: 8 },
  ])
  t.end()
})
