import t from 'tap'
import { blindSpots, glanceSection, headlineOf } from '../../../src/admin/status/glance.ts'
import {
  detector,
  exampleFacts,
  hourMs,
  judged,
  now,
  recorderOf,
  snapshotOf,
  view,
} from './example.ts'

const open = (language: string, metric = 'refusal_gap') =>
  detector({
    id: `${metric}-${language}`,
    metric,
    language,
    openSince: Math.floor(now / hourMs) - 2,
    ratio: 1,
    episodes: 1,
  })

void t.test(
  'the headline names the languages that drift, or says why nothing is known',
  async (t) => {
    const recorder = recorderOf()
    const of = async (
      ...args: Parameters<typeof snapshotOf> extends [unknown, ...infer R] ? R : never
    ) => headlineOf(await snapshotOf(recorder, ...args))
    t.strictSame(
      await of({
        kind: 'answered',
        view: view({ detectors: [open('bn'), open('sw'), detector()] }),
      }),
      {
        state: 'drifting',
        text: 'Drifting: Bengali (bn) and Swahili (sw)',
      },
    )
    t.strictSame(await of(), { state: 'steady', text: 'No drift found' })
    t.strictSame(
      await of({ kind: 'answered', view: view({ detectors: [detector({ active: 0 })] }) }),
      {
        state: 'unknown',
        text: 'Not known yet: no detector has had data',
      },
    )
    t.strictSame(await of({ kind: 'off' }), {
      state: 'unknown',
      text: 'Not known: no detector runs',
    })
    t.strictSame(await of({ kind: 'silent', reason: 'x', last: undefined }), {
      state: 'unknown',
      text: 'Not known: the monitor does not answer',
    })
    t.strictSame(
      await of({ kind: 'silent', reason: 'x', last: undefined }, { startedAt: now - 1000 }),
      {
        state: 'unknown',
        text: 'Not known yet: the monitor is starting',
      },
    )
    t.strictSame(
      await of({ kind: 'silent', reason: 'x', last: view({ detectors: [open('bn')] }) }),
      {
        state: 'unknown',
        text: 'Not known: the monitor does not answer; when it last did, drifting was Bengali (bn)',
      },
    )
  },
)

void t.test('of many drifting languages six are named', async (t) => {
  const detectors = ['bn', 'de', 'es', 'fr', 'it', 'sw', 'th', 'zu'].map((language) =>
    open(language),
  )
  const { text } = headlineOf(
    await snapshotOf(recorderOf(), { kind: 'answered', view: view({ detectors }) }),
  )
  t.match(text, /^Drifting: (\w+ \(\w\w\), ){5}\w+ \(\w\w\) and 2 more$/)
})

void t.test('an episode says what, since when, and leads to its evidence', async (t) => {
  const shown = glanceSection(
    await snapshotOf(recorderOf(), { kind: 'answered', view: view({ detectors: [open('bn')] }) }),
  ).text
  t.match(shown, '<strong>Bengali (bn)</strong>: refused less often than in English<br>')
  t.match(shown, 'open since 2026-03-02 12:00:00 UTC, 2 h 5 min ago.')
  t.match(shown, '<a href="/status/detectors/refusal_gap-bn">')
})

void t.test('what is not seen is listed, each with why', async (t) => {
  const recorder = recorderOf()
  judged(recorder, 'en', 90, 10)
  judged(recorder, 'bn', 80, 20)
  const labels = { language: 'bn', set: 'should_refuse', horizon: '7d' } as const
  recorder.set('holdfast_drift_detectable_gap', labels, 0.35)
  recorder.set(
    'holdfast_judge_status',
    { judge: 'lexical', language: 'bn', status: 'unverified' },
    1,
  )
  recorder.inc('holdfast_sampled_total', { protocol: 'openai_chat' }, 300)
  recorder.inc('holdfast_dropped_total', { stage: 'queue', reason: 'window_items' }, 30)
  recorder.inc('holdfast_dropped_total', { stage: 'capture', reason: 'client_aborted' }, 7)
  const facts = { ...exampleFacts, sampleRate: 0.25, requestSets: false }
  const snapshot = await snapshotOf(
    recorder,
    { kind: 'answered', view: view({ partial: true }) },
    { facts, monitorUp: false },
  )
  const spots = blindSpots(snapshot).map(({ text }) => text.replace(/<[^>]+>/g, ''))
  t.strictSame(spots, [
    'Everything: the monitor is down, and nothing is being judged.',
    'Statistics are partial: the state store is away, or a fold is overdue. Some samples may be missing.',
    'Blind strata: a fall of 20 points in Bengali (bn) would not be seen within 7 days of traffic like this.',
    'No traffic at all in German (de).',
    'The judge is not verified in Bengali (bn): its errors there are not known.',
    'No calibration is loaded (judge.calibration_file): how often the judge errs on your traffic is not known.',
    '30 of 300 sampled exchanges (10.0 %) were lost before a verdict.',
    '75 % of conversations are not read (sample.rate).',
    'Requests are not classified (judge.request_sets): a change of what users ask looks like a change of the model.',
    'No probes are configured: conditions that your traffic does not have are not tested.',
  ])
})
