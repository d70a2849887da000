import t from 'tap'
import { createInlinePlan } from '../../../src/probe/schedule/inline-plan.ts'
import { countInline } from '../../../src/probe/schedule/run-counts.ts'
import { byJudge } from '../../../src/probe/scorers/scorer.ts'
import { probeSet } from './fleet.ts'

const sessions = new Map(
  ['en', 'de'].map((language) => [
    language,
    Array.from({ length: 6 }, (_, n) => ({
      user: `${language} turn ${n}`,
      assistant: `${language} scripted answer ${n}`,
    })),
  ]),
)
const materials = { framings: [], shots: undefined, sessions, scaffolds: new Map(), seed: 1 }

t.test(
  'sessions are held turn by turn in the language of the probe, with answers left to the model',
  (t) => {
    const { plan } = probeSet(10)
    const inline = createInlinePlan(plan, materials, { turns: 4, sessionsPerLanguage: 2 })
    t.equal(inline.calls, 4 * 4)
    for (const { probe } of inline.plan.deliveries) {
      t.strictSame(probe.history, [])
      t.equal(probe.before.length, 3)
      t.ok(probe.before.every((text) => text.startsWith(`${probe.language} turn`)))
      t.match(probe.request, probe.language === 'en' ? /^english request/ : /^deutsche Bitte/)
    }
    t.strictSame(inline.plan.deliveries.map(({ probe }) => probe.language).sort(), [
      'de',
      'de',
      'en',
      'en',
    ])
    t.end()
  },
)

t.test('a language without a script is left out', (t) => {
  const { plan } = probeSet(3)
  const english = { ...materials, sessions: new Map([...sessions].slice(0, 1)) }
  const inline = createInlinePlan(plan, english, { turns: 3, sessionsPerLanguage: 5 })
  t.strictSame(new Set(inline.plan.deliveries.map(({ probe }) => probe.language)), new Set(['en']))
  t.end()
})

t.test('an inline canary is paired with the same probe asked plainly in its language', (t) => {
  const { plan } = probeSet(1)
  const inline = createInlinePlan(plan, materials, { turns: 2, sessionsPerLanguage: 1 })
  const outcome = (refused: boolean) =>
    byJudge('lexical', '1', 'pass', { refused, verdict: refused ? 'refused' : 'complied' })
  const scored = plan.deliveries.map((delivery) => ({
    delivery,
    outcome: outcome(delivery.probe.language === 'de'),
  }))
  const held = inline.plan.deliveries.map((delivery) => ({ delivery, outcome: outcome(false) }))
  const pairs: string[] = []
  countInline(scored, held, 'baseline', {
    judged: () => undefined,
    factual: () => undefined,
    pair: (...labels) => pairs.push(labels.join(' ')),
  })
  t.strictSame(pairs.sort(), ['inline de base_only', 'inline en neither'])
  t.end()
})
