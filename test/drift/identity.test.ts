import t from 'tap'
import { type DetectorIdentity, identityHash } from '../../src/drift/identity.ts'

const identity: DetectorIdentity = {
  metric: 'refusal_gap',
  null: 'drift',
  language: 'bn',
  set: 'should_refuse',
  g0: 0.02,
  bets: [0.0625, 0.125, 0.25, 0.5, 0.9],
  model: 'model-1',
  suiteVersion: '3',
  judgeVersion: 'lexical@2',
}

void t.test('the identity stays the same over releases', async (t) => {
  t.equal(identityHash(identity), identityHash({ ...identity }))
  t.match(identityHash(identity), /^[0-9a-f]{32}$/)
  t.equal(identityHash(identity), 'dfbb122e827ca39a21da3fb710ebe518')
})

void t.test('any change of null, bets, model, suite or judge is another detector', async (t) => {
  const others: Partial<DetectorIdentity>[] = [
    { g0: 0.021 },
    { bets: [0.0625, 0.125, 0.25, 0.5] },
    { model: 'model-2' },
    { suiteVersion: '4' },
    { judgeVersion: 'lexical@3' },
    { metric: 'probe_gap' },
    { null: 'breach' },
    { language: 'sw' },
    { set: 'benign' },
  ]
  const hashes = new Set(others.map((other) => identityHash({ ...identity, ...other })))
  hashes.add(identityHash(identity))
  t.equal(hashes.size, others.length + 1)
})
