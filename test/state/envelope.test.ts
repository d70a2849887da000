import t from 'tap'
import { type Dice, dice } from '../../src/simulator/seeded.ts'
import { createEnvelope, type Opened } from '../../src/state/envelope.ts'

const secret = 'a secret of more than thirty-two bytes'
const valueBytesMax = 1000
const envelope = createEnvelope({ secret, valueBytesMax })
const place = { key: 'holdfast:{g}:v' }
const part = { key: 'holdfast:{g}:v', writer: 'one' }
const seal = (payload: string): string => envelope.seal(place, payload) ?? ''

t.test('a sealed value has the same bytes in every version of this program', async (t) => {
  t.equal(seal('{"a":1}'), 'h1.QC6iARyG7ZNW2QOWh4rjxA.{"a":1}')
  t.equal(envelope.seal(part, '{"a":1}'), 'h1.i4gjzvoRYgXPpl4ZrKylYA.{"a":1}')
})

t.test('what was sealed opens at its place', async (t) => {
  for (const payload of ['', '{"a":1}', 'h1.x.y', 'ünï 漢字 🙂', '\0\r\n', 'x'.repeat(1000)]) {
    t.strictSame(envelope.open(place, seal(payload)), { ok: true, payload })
    t.strictSame(envelope.open(part, envelope.seal(part, payload) ?? ''), { ok: true, payload })
  }
})

t.test('a value does not open at another place, nor under another secret', async (t) => {
  const bad = { ok: false, kind: 'signature' }
  const sealed = seal('1')
  t.strictSame(envelope.open({ key: 'holdfast:{g}:w' }, sealed), bad)
  t.strictSame(envelope.open({ key: 'other:{g}:v' }, sealed), bad)
  t.strictSame(envelope.open(part, sealed), bad)
  t.strictSame(envelope.open(place, envelope.seal(part, '1') ?? ''), bad)
  t.strictSame(envelope.open({ ...part, writer: 'two' }, envelope.seal(part, '1') ?? ''), bad)
  const pieces = { key: 'holdfast:{g}:vo', writer: 'ne' }
  t.strictSame(envelope.open(pieces, envelope.seal(part, '1') ?? ''), bad)
  const other = createEnvelope({ secret: `${secret}!`, valueBytesMax })
  t.strictSame(other.open(place, sealed), bad)
})

t.test('size is counted in bytes of UTF-8, both ways', async (t) => {
  t.equal(envelope.seal(place, 'x'.repeat(1001)), undefined)
  t.equal(envelope.seal(place, 'é'.repeat(501)), undefined)
  t.type(envelope.seal(place, 'é'.repeat(500)), 'string')
  const larger = createEnvelope({ secret, valueBytesMax: 1001 }).seal(place, 'x'.repeat(1001))
  t.strictSame(envelope.open(place, larger ?? ''), { ok: false, kind: 'size' })
})

t.test('what is no envelope of this version is said to be none', async (t) => {
  const sealed = seal('1')
  const wrong = [
    '',
    '1',
    '{"a":1}',
    `h2${sealed.slice(2)}`,
    `H1${sealed.slice(2)}`,
    sealed.slice(1),
    sealed.slice(0, 25),
    `h1.${'!'.repeat(22)}.1`,
    sealed.replace(/\.1$/, '1'),
  ]
  for (const stored of wrong)
    t.strictSame(envelope.open(place, stored), { ok: false, kind: 'envelope' }, stored)
  const unused = `${sealed.slice(0, 24)}${sealed[24] === 'B' ? 'C' : 'B'}${sealed.slice(25)}`
  t.strictSame(
    envelope.open(place, unused),
    { ok: false, kind: 'signature' },
    'bits beyond the tag',
  )
})

const letters = Array.from('ABCabc019._-h{}":,\0\n é漢🙂\ufffd')

function mutated(random: Dice, text: string): string {
  const at = random.between(0, text.length)
  const letter = letters[random.between(0, letters.length - 1)] ?? ''
  switch (random.between(0, 5)) {
    case 0:
      return text.slice(0, at) + letter + text.slice(at + 1)
    case 1:
      return text.slice(0, at) + letter + text.slice(at)
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.between(0, 3))
    case 3:
      return text.slice(0, at)
    case 4:
      return text.slice(at) + text.slice(0, at)
    default:
      return letter.repeat(random.between(0, 1999))
  }
}

t.test('of 10,000 mutated values none opens as anything else, and none throws', async (t) => {
  const random = dice(20_261_120)
  const kinds: Record<string, number> = { envelope: 0, signature: 0, size: 0, same: 0 }
  for (let i = 0; i < 10_000; i++) {
    const payload = JSON.stringify({ tick: i, sum: random.between(0, 999) / 7 })
    let stored = seal(payload)
    for (let times = 1 + random.between(0, 2); times > 0; times--) stored = mutated(random, stored)
    const opened: Opened = envelope.open(place, stored)
    if (opened.ok) {
      t.equal(opened.payload, payload)
      kinds['same'] = (kinds['same'] ?? 0) + 1
    } else kinds[opened.kind] = (kinds[opened.kind] ?? 0) + 1
  }
  t.strictSame(kinds, { envelope: 6291, signature: 2155, size: 1507, same: 47 })
})
