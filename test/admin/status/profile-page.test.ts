import t from 'tap'
import { profilePage } from '../../../src/admin/status/profile-page.ts'
import { createProfileReader } from '../../../src/admin/status/profile-view.ts'
import { profileJson } from '../../../src/profile/profile-file.ts'
import type { OperatorAnswer } from '../../../src/watch/operator.ts'
import { probeRow } from '../../profile/example-row.ts'
import { exampleFacts } from './example.ts'

const hostile = '<img src=x onerror=alert(1)>'

t.test('a row stands with its level, interval, n, window, instrument and judge', (t) => {
  const row = probeRow({
    condition: 'language=tr',
    baseline: 'baseline',
    measure: 'refusal_gap',
    estimate: 12.5,
    unit: 'points',
    interval: { lo: 3, hi: 22, method: 'newcombe_paired' },
    n: 1204,
    scaffold: 'a1b2c3d4e5f6a7b8'.repeat(4),
    suite: { id: 'refusal-core', version: '1.2.0', hash: 'abcd', epoch: 2951 },
  })
  const { text } = profilePage({ kind: 'rows', rows: [row] }, exampleFacts, 1)
  t.match(
    text,
    '<tr><th scope="row">refusal calibration</th><td>refusal gap<br><span class="dim">against baseline</span></td><td>language=tr</td><td>model</td><td class="num">+12.5 points</td><td class="num">+3.0 to +22.0 points</td><td class="num">1,204</td><td><span class="when">2026-03-02 02:59 to</span> <span class="when">2026-03-02 03:00</span></td><td><bdi>model-1</bdi><br>scaffold <code>a1b2c3d4e5f6</code><br><bdi>refusal-core 1.2.0, epoch 2951</bdi></td><td>lexical 5, unverified</td></tr>',
  )
  t.match(text, 'there is no total')
  for (const level of ['model', 'response', 'interaction', 'deployment']) {
    t.match(text, new RegExp(`<dt>${level}</dt><dd>[a-z][^<]{20,}</dd>`))
  }
  t.end()
})

t.test('names of models and suites are text and nothing else', (t) => {
  const suite = { id: hostile, version: hostile, hash: 'ab', epoch: null }
  const rows = [probeRow({ model: hostile, suite, condition: hostile })]
  const { text } = profilePage({ kind: 'rows', rows }, exampleFacts, 1)
  t.notMatch(text, hostile)
  t.match(text, '<bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>')
  t.end()
})

t.test('many rows come in pages', (t) => {
  const rows = Array.from({ length: 120 }, (_, n) => probeRow({ condition: `depth=${n}` }))
  const page = (at: number): string => profilePage({ kind: 'rows', rows }, exampleFacts, at).text
  t.match(page(1), 'Rows 1 to 50 of 120')
  t.match(page(1), 'page 1 of 3 <a href="/status/profile?page=2">Next</a>')
  t.match(page(3), 'Rows 101 to 120 of 120')
  t.equal(page(99), page(3))
  t.equal(page(-1), page(1))
  t.equal(page(1).match(/<th scope="row">/g)?.length, 50)
  t.end()
})

t.test('without a row the page says what brings one', (t) => {
  const of = (probesConfigured: boolean): string =>
    profilePage({ kind: 'rows', rows: [] }, { ...exampleFacts, probesConfigured }, 1).text
  t.match(of(false), 'drift.tick_ms')
  t.match(of(false), 'probes.url')
  t.notMatch(of(true), 'probes.url')
  t.match(of(true), 'Rows of probes come with the first complete run.')
  const off = profilePage({ kind: 'off' }, exampleFacts, 1).text
  t.match(off, 'drift.enabled')
  const silent = { kind: 'silent', reason: 'the state store failed: down' } as const
  t.match(profilePage(silent, exampleFacts, 1).text, 'Not known: the state store failed: down.')
  t.end()
})

t.test('readers share one question, and none waits beyond the deadline', async (t) => {
  let asked = 0
  const answers: (() => Promise<OperatorAnswer>)[] = [
    async () => ({ ok: true, body: profileJson([probeRow()]) }),
    async () => ({ ok: false, failure: 'not_found', reason: 'drift.enabled is false' }),
    async () => ({ ok: false, failure: 'unavailable', reason: 'the monitor is not running' }),
    async () => ({ ok: true, body: { ...profileJson([probeRow()]), rows: [7] } }),
    () => Promise.reject(new Error('gone')),
    () => new Promise(() => undefined),
  ]
  const read = createProfileReader(() => answers[asked++]?.() ?? Promise.reject(new Error()), 20)
  const [first, second] = await Promise.all([read(), read()])
  t.equal(asked, 1)
  t.equal(first, second)
  t.match(first, { kind: 'rows', rows: [{ condition: 'baseline' }] })
  t.strictSame(await read(), { kind: 'off' })
  t.strictSame(await read(), { kind: 'silent', reason: 'the monitor is not running' })
  t.strictSame(await read(), { kind: 'silent', reason: 'the answer is no profile' })
  t.strictSame(await read(), { kind: 'silent', reason: 'the question failed' })
  t.strictSame(await read(), { kind: 'silent', reason: 'no answer in time' })
})
