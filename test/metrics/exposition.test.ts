import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client'
import t from 'tap'
import { createExposition, openMetrics } from '../../src/metrics/exposition.ts'

t.test("the text equals prom-client's own to the byte", async (t) => {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(openMetrics)
  const registers = [registry]
  const plain = new Counter<string>({
    name: 'a_total',
    help: 'A.',
    labelNames: ['x', 'y'],
    registers,
  })
  const marked = new Counter<string>({
    name: 'b_total',
    help: 'B.',
    labelNames: ['x'],
    registers,
    enableExemplars: true,
  })
  const gauge = new Gauge({ name: 'c', help: 'C.', registers })
  const times = new Histogram<string>({
    name: 'd_seconds',
    help: 'D.',
    labelNames: ['x'],
    buckets: [0.1, 1],
    registers,
  })
  const traced = new Histogram<string>({
    name: 'e_seconds',
    help: 'E.',
    buckets: [0.1, 1],
    registers,
    enableExemplars: true,
  })
  const exemplarLabels = { trace_id: '0af7651916cd43dd8448eb211c80319c' }
  plain.inc({ x: 'q"uo\\te\nline', y: '' }, 1e21)
  plain.inc({ x: 'ü', y: 'z' }, 0.1)
  marked.inc({ labels: { x: '1' }, value: 2, exemplarLabels })
  marked.inc({ labels: { x: '2' }, value: 0 })
  gauge.set(Number.POSITIVE_INFINITY)
  times.zero({ x: 'zero' })
  times.observe({ x: 'some' }, 0.05)
  times.observe({ x: 'some' }, 5)
  traced.observe({ value: 0.5, exemplarLabels })
  traced.observe({ value: 50, exemplarLabels })
  const exposition = createExposition([
    { type: 'counter', metric: plain },
    { type: 'exemplar_counter', metric: marked },
    { type: 'gauge', metric: gauge },
    { type: 'histogram', metric: times },
    { type: 'exemplar_histogram', metric: traced },
  ])
  const text = await exposition(
    () => {},
    () => 0,
  )
  t.equal(text, await registry.metrics())
  // prom-client has renamed its counters by now; ours come out as before.
  t.equal(
    await exposition(
      () => {},
      () => 0,
    ),
    text,
  )
})

t.test('a recorder that never rests is still scraped', async (t) => {
  const gauge = new Gauge({ name: 'c', help: 'C.', registers: [] })
  let changes = 0
  let prepared = 0
  const exposition = createExposition([{ type: 'gauge', metric: gauge }])
  const text = await exposition(
    () => {
      prepared++
    },
    () => changes++,
  )
  t.match(text, /^c 0$/m)
  t.equal(prepared, 20)
})
