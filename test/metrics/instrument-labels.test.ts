import t from 'tap'
import type { LabelsOf } from '../../src/metrics/catalogue.ts'
import { createInstrumentLabels, instrumentNamesMax } from '../../src/metrics/instrument-labels.ts'
import { createRecorder } from '../../src/metrics/record.ts'

t.test('so many different names are labels, and stay so; the rest are other', (t) => {
  const label = createInstrumentLabels()
  for (let n = 0; n < instrumentNamesMax; n++) t.equal(label(`v${n}`), `v${n}`)
  t.equal(label('one more'), 'other')
  t.equal(label('v0'), 'v0')
  t.end()
})

t.test('a name that is not safe to read is other, and takes no place', (t) => {
  const label = createInstrumentLabels()
  for (const name of ['', ' a', 'a ', 'a\nb', 'ü', 'm'.repeat(129), 'sk-live-1234567890', 'a\0b']) {
    t.equal(label(name), 'other', JSON.stringify(name))
  }
  for (const name of [
    'none',
    '1.2.0',
    'a1b2c3d4e5f6',
    '2951',
    'model_graded/refusal',
    'refusal-core',
  ])
    t.equal(label(name), name)
  t.end()
})

const labels: LabelsOf<'holdfast_profile_info'> = {
  dimension: 'refusal_calibration',
  level: 'model',
  source: 'probe',
  model: 'model-1',
  scaffold: 'none',
  suite: 'refusal-core',
  suite_version: '1.2.0',
  epoch: '2951',
  judge: 'lexical',
  judge_version: '5',
  standing: 'unverified',
}

t.test('the series of the profile are replaced whole, and hostile names are other', async (t) => {
  const recorder = createRecorder({
    languages: ['en'],
    models: [],
    modelsAutoMax: 5,
    seriesMax: 5000,
  })
  t.notMatch(await recorder.text(), /^holdfast_profile_info\{/m, 'absent until it is known')
  recorder.replace('holdfast_profile_info', [{ labels, value: 1 }])
  t.match(
    await recorder.text(),
    'holdfast_profile_info{dimension="refusal_calibration",level="model",source="probe",model="model-1",scaffold="none",suite="refusal-core",suite_version="1.2.0",epoch="2951",judge="lexical",judge_version="5",standing="unverified"} 1\n',
  )
  recorder.replace('holdfast_profile_info', [
    { labels: { ...labels, suite_version: 'a"\n} 1' }, value: 1 },
  ])
  const text = await recorder.text()
  t.match(text, 'suite_version="other"')
  t.notMatch(text, 'suite_version="1.2.0"')
  t.match(text, /holdfast_label_overflow_total\{metric="holdfast_profile_info"\} 1\n/)
})
