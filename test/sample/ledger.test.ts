import t from 'tap'
import { createDelta } from '../../src/metrics/delta.ts'
import { createRecorder } from '../../src/metrics/record.ts'
import { createLedger } from '../../src/sample/ledger.ts'

t.test('sampled = judged + dropped + in flight at every step', async (t) => {
  const recorder = createRecorder({
    languages: ['en'],
    models: [],
    modelsAutoMax: 1,
    seriesMax: 20_000,
  })
  const ledger = createLedger(recorder)
  const sum = async (name: string): Promise<number> =>
    (await recorder.text())
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
  const conserves = async (inFlight: number): Promise<void> => {
    t.equal(ledger.inFlight(), inFlight)
    t.equal(
      await sum('holdfast_sampled_total'),
      (await sum('holdfast_judged_total')) + (await sum('holdfast_dropped_total')) + inFlight,
    )
  }
  for (let i = 0; i < 5; i++) ledger.sampled('openai_chat')
  await conserves(5)
  ledger.dropped({ stage: 'capture', reason: 'client_aborted' }, 1)
  await conserves(4)
  const delta = createDelta()
  delta.inc('holdfast_judged_total', {
    source: 'live',
    language: 'en',
    set: 'unclassified',
    verdict: 'complied',
  })
  delta.inc('holdfast_dropped_total', { stage: 'decode', reason: 'not_json' })
  ledger.settled(2, delta.take())
  await conserves(2)
  ledger.dropped({ stage: 'monitor', reason: 'monitor_lost' }, 2)
  await conserves(0)
  ledger.dropped({ stage: 'monitor', reason: 'monitor_lost' }, 0)
  await conserves(0)
})
