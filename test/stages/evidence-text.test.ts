/** Text for records: secrets and personal data go before it is cut, and a second time changes nothing. */
import fc from 'fast-check'
import t from 'tap'
import { redactText } from '../../src/stages/evidence-text.ts'

const redacted = (text: string, bytes = 4096): string => redactText(text, bytes).text

t.test('what has the form of a secret or of personal data is taken out, by kind', async (t) => {
  const text = [
    'mail anna.maier@example.org',
    'call +49 170 1234567',
    'card 4111 1111 1111 1111 and not 4111 1111 1111 1112',
    'iban DE89 3704 0044 0532 0130 00',
    'from 192.168.17.4 and 2001:db8::8a2e:370:7334',
    'key sk-abcdefghijklmnopqrstuvwx',
    'url https://user:pass@host.example/x',
    'header Authorization: Bearer abcdefghijklmnopqrstuvwxyz',
    'password=hunter2hunter2',
  ].join('\n')
  t.equal(
    redacted(text),
    [
      'mail [email]',
      'call [phone]',
      'card [card] and not 4111 1111 1111 1112',
      'iban [iban]',
      'from [ip] and [ip]',
      'key [api_key]',
      'url https://[scrubbed]host.example/x',
      'header Authorization: [scrubbed] [api_key]',
      'password=[scrubbed]',
    ].join('\n'),
  )
  t.match(redactText(text, 4096).counts, { email: 1, phone: 1, card: 1, iban: 1, ip: 2 })
})

t.test('it is cut to whole characters, after it was redacted', async (t) => {
  t.same(redactText('漢字漢字', 7), { text: '漢字', cut: true, counts: {} })
  t.same(redactText('🙂🙂', 7), { text: '🙂', cut: true, counts: {} })
  t.same(redactText('abc', 3), { text: 'abc', cut: false, counts: {} })
  t.same(redactText('', 64), { text: '', cut: false, counts: {} })
})

t.test('no piece of a secret is left, wherever the cut falls', async (t) => {
  const secrets = [
    'anna.maier@example.org',
    '4111 1111 1111 1111',
    'DE89 3704 0044 0532 0130 00',
    '+49 170 1234567',
    'https://user:hunter2hunter2@h',
    'sk-abcdefghijklmnopqrstuvwx',
  ]
  let cuts = 0
  for (const secret of secrets) {
    for (let before = 0; before < 900; before += 17) {
      const filler = 'word '.repeat(200).slice(0, before)
      const { text } = redactText(`${filler} ${secret} ${'more '.repeat(400)}`, 256)
      // The scheme is none.
      for (let from = secret.startsWith('https') ? 8 : 0; from + 8 <= secret.length; from++) {
        if (text.includes(secret.slice(from, from + 8))) t.fail(`${secret} at ${before}: ${text}`)
      }
      t.ok(Buffer.byteLength(text) <= 256)
      cuts++
    }
  }
  t.ok(cuts > 300)
})

t.test('a second time changes nothing', async (t) => {
  const piece = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      'a@b.example',
      '4111111111111111',
      'Bearer abcdefghijklmnopqrst',
      'token: ',
      'sk-aaaaaaaaaaaaaaaaaaaa',
      '10.0.0.1',
      'password="',
      '://u:p@h',
      ' ',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = redacted(pieces.join(''))
      t.equal(redacted(once), once)
    }),
    { numRuns: 300, seed: 7 },
  )
})
