import fc from 'fast-check'
import t from 'tap'
import { type RedactionKind, redactionKinds } from '../../../src/exchange/probe-run.ts'
import { placeholderOf, redact } from '../../../src/probe/fork/redact.ts'
import { fuzz } from '../../fuzz-runs.ts'

const found: readonly (readonly [string, RedactionKind])[] = [
  ['anna.muster+test@mail.example', 'email'],
  ['почта@пример.рус', 'email'],
  ['DE89 3704 0044 0532 0130 00', 'iban'],
  ['GB82WEST12345698765432', 'iban'],
  ['4111 1111 1111 1111', 'card'],
  ['5500-0000-0000-0004', 'card'],
  ['٤١١١١١١١١١١١١١١١', 'card'],
  ['+49 (0)151 23456789', 'phone'],
  ['0171/2345678', 'phone'],
  ['(555) 123-4567', 'phone'],
  ['+८० ९८७६५ ४३२१०', 'phone'],
  ['192.168.178.23', 'ip'],
  ['2001:db8::8a2e:370:7334', 'ip'],
  ['sk-proj-abcdefghijklmnop1234', 'api_key'],
  ['AKIAIOSFODNN7EXAMPLE', 'api_key'],
  ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'api_key'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N', 'api_key'],
  ['529.982.247-25', 'national_id'],
  ['12345678Z', 'national_id'],
  ['X1234567L', 'national_id'],
  ['11010519491231002X', 'national_id'],
  ['10000000146', 'national_id'],
  ['1101700230708', 'national_id'],
  ['1 85 05 78 006 084 91', 'national_id'],
  ['RSSMRA85T10A562S', 'national_id'],
  ['078-05-1120', 'national_id'],
]

t.test('each form is taken out and counted by its kind, within a sentence of any language', (t) => {
  for (const [text, kind] of found) {
    for (const [before, after] of [
      ['Reach me: ', ' please.'],
      ['', ''],
      ['ติดต่อ ', ' ครับ'],
      ['"', '"'],
    ] as const) {
      const result = redact(`${before}${text}${after}`)
      t.equal(result.text, `${before}${placeholderOf(kind)}${after}`, text)
      t.strictSame(result.counts, { [kind]: 1 }, text)
    }
  }
  t.end()
})

t.test('credentials in addresses go, and the address stays', (t) => {
  t.strictSame(redact('git clone https://anna:hunter2@git.example/repo.git'), {
    text: 'git clone https://[url_credentials]@git.example/repo.git',
    counts: { url_credentials: 1 },
  })
  t.strictSame(redact('https://api.example/v1?user=7&api_key=abc123&x=1'), {
    text: 'https://api.example/v1?user=7&api_key=[url_credentials]&x=1',
    counts: { url_credentials: 1 },
  })
  t.equal(redact('Authorization: Bearer abcdefghijklmnop').text, 'Authorization: Bearer [api_key]')
  t.end()
})

t.test('what only looks like it stays as it is', (t) => {
  for (const text of [
    'Version 1.2.3 of 2024-11-28, 12:30:45.',
    'Order 4111 1111 1111 1112 is no card, and 1234567890123 neither.',
    'pi is 3.14159265358979',
    'The years 1914-1918 and 1939-1945.',
    '@media (max-width: 600px) { a:hover { color: red } }',
    'std::vector and a::b::c',
    'GB82WEST12345698765433',
    '12345678A',
    '99999999999',
    '请在 2024 年 11 月 28 日之前回复',
  ]) {
    t.strictSame(redact(text), { text, counts: {} })
  }
  t.end()
})

t.test('doing it twice changes nothing more', (t) => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789+-(). @:/XYZA[]_')) }),
    fc.constantFrom(...found.map(([text]) => text)),
    fc.constantFrom(...redactionKinds.map(placeholderOf)),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = redact(pieces.join(''))
      const twice = redact(once.text)
      return twice.text === once.text && Object.keys(twice.counts).length === 0
    }),
    fuzz('redaction', 7),
  )
  t.end()
})

t.test('a text made to be slow is not', (t) => {
  const begun = process.hrtime.bigint()
  for (const char of ['0', '1-', '+1', 'a.', ':', '1.', 'sk-', 'A1', '0 0-', '://a', '@']) {
    redact(char.repeat(8000))
  }
  const ms = Number(process.hrtime.bigint() - begun) / 1e6
  t.ok(ms < 15_000, `${ms} ms`)
  t.end()
})
