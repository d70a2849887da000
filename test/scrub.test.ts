import fc from 'fast-check'
import t from 'tap'
import { scrub } from '../src/scrub.ts'
import { fuzz } from './fuzz-runs.ts'
import { planted } from './planted-secrets.ts'

t.test('a credential is replaced wherever it stands', (t) => {
  t.equal(planted.length, 12)
  for (const secret of planted) {
    for (const text of [
      secret,
      `a ${secret} b`,
      `"${secret}"`,
      `/v1?key=${secret}&x=1`,
      `(${secret})`,
    ]) {
      t.notOk(scrub(text).includes(secret), text)
    }
  }
  for (const secret of planted) {
    for (const text of [
      JSON.stringify({ msg: `no answer\n${secret}` }),
      JSON.stringify({ msg: JSON.stringify(`\t${secret}\u0001${secret}`) }),
      `/v1?q=%22${secret}%22%20${secret}`,
    ]) {
      t.notOk(scrub(text).includes(secret), text)
    }
  }
  t.equal(scrub('Authorization: Bearer abc.def-123=='), 'Authorization: [scrubbed] [scrubbed]')
  t.equal(scrub('basic dXNlcjpwYXNz'), 'basic [scrubbed]')
  t.equal(scrub('http://user:pw@host/'), 'http://[scrubbed]@host/'.replace('@', ''))
  t.equal(scrub('?api_key=hunter22&x=1'), '?api_key=[scrubbed]&x=1')
  t.equal(scrub('{"password":"hunter22"}'), '{"password":"[scrubbed]"}')
  t.end()
})

t.test('ordinary text is left as it is', (t) => {
  for (const text of [
    'task-list risk-free disk-usage',
    'gpt-4o-mini-2024-07-18 claude-sonnet-4-5',
    'holdfast_judged_total{language="de"} 5',
    'http://127.0.0.1:8787/v1/chat/completions',
    '4bf92f3577b34da6a3ce929d0e0e4736',
    'monkey=5 turkey: 3',
  ]) {
    t.equal(scrub(text), text)
  }
  t.end()
})

t.test('a scrubbed line of JSON is still JSON, and scrubbing twice changes nothing', (t) => {
  const text = fc.array(
    fc.oneof(
      fc.string(),
      fc.constantFrom(...planted, 'key=', 'Bearer ', 'http://', '@', '\\', '"'),
    ),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(text, (parts) => {
      const line = JSON.stringify({ a: parts.join(''), password: parts.join('') })
      const once = scrub(line)
      JSON.parse(once)
      if (scrub(once) !== once) throw new Error(`not idempotent: ${once}`)
    }),
    fuzz('scrubber', 3),
  )
  t.end()
})

t.test('a planted secret never survives, whatever stands around it', (t) => {
  /** A secret inside of a longer word is that word, so here it stands for itself. */
  const border = fc.constantFrom(
    ' ',
    '"',
    "'",
    '(',
    '=',
    '&',
    '?',
    '/',
    ',',
    '\n',
    '\t',
    '[',
    '<',
    '>',
    ';',
    '{',
    '}',
    '|',
    '@',
    '漢',
  )
  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      'key=',
      'Bearer ',
      'Basic ',
      'http://',
      'https://u:p',
      'api_key":"',
      'password: ',
      'cookie=',
      'sk-',
      'AIza',
      'eyJ',
    ),
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(noise, border, fc.constantFrom(...planted), border), {
        minLength: 1,
        maxLength: 4,
      }),
      noise,
      (pieces, tail) => {
        const text = pieces.flat().join('') + tail
        for (const written of [
          text,
          JSON.stringify({ msg: text, list: pieces }),
          encodeURI(Buffer.from(text).toString()),
        ]) {
          const out = scrub(written)
          const left = planted.find((secret) => out.includes(secret))
          if (left !== undefined) throw new Error(`${left} in ${JSON.stringify(out)}`)
          if (scrub(out) !== out) throw new Error(`not idempotent: ${JSON.stringify(out)}`)
        }
      },
    ),
    fuzz('scrubber_planted', 20261128),
  )
  t.end()
})

t.test('a long text takes linear time', (t) => {
  const hostile = [
    'a'.repeat(200_000),
    'sk-'.repeat(60_000),
    'http://'.repeat(30_000),
    'Bearer '.repeat(30_000),
  ]
  const start = performance.now()
  for (const text of hostile) scrub(text)
  t.ok(performance.now() - start < 2000)
  t.end()
})
