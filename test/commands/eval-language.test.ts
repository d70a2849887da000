import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { evalLanguage, type LanguageFigures } from '../../src/commands/eval-language.ts'

const run = async (...args: string[]) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await evalLanguage.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const directory = t.testdir()
const file = (name: string, lines: readonly (string | object)[]): string => {
  const path = join(directory, name)
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  writeFileSync(path, text.join('\n'))
  return path
}

const rows = [
  { text: 'Could you explain how the tides depend on the moon?', lang: 'en' },
  { text: 'Please tell me what the weather will be tomorrow.', lang: 'en' },
  { text: 'Wie wird das Wetter morgen in Berlin?', lang: 'de' },
  { text: 'Das hier ist als Englisch beschriftet, aber es ist Deutsch.', lang: 'en' },
  { text: '123', lang: 'de' },
  { text: 'Можешь объяснить, как луна вызывает приливы?', lang: 'ru' },
]

void t.test('figures of a small file, exactly', async (t) => {
  const { code, out, err } = await run(file('a.jsonl', rows), '--json')
  t.equal(err, '')
  t.equal(code, 0)
  const figures: LanguageFigures = JSON.parse(out)
  t.ok((figures.us_per_text ?? 0) > 0)
  t.same(
    { ...figures, us_per_text: 0 },
    {
      n: 5,
      accuracy: 3 / 5,
      macro_recall: (2 / 3 + 1 / 2) / 2,
      abstention: 1 / 5,
      english_as_other: 1 / 3,
      us_per_text: 0,
      recall: { de: { n: 2, recall: 1 / 2 }, en: { n: 3, recall: 2 / 3 } },
      not_served: { n: 1, accepted: 0 },
      confusion: { de: { de: 1, und: 1 }, en: { de: 1, en: 2 }, ru: { other: 1 } },
    },
  )
})

void t.test('the same as a table', async (t) => {
  const { code, out } = await run(file('b.jsonl', rows))
  t.equal(code, 0)
  for (const line of [
    /^rows in served languages {4}5$/m,
    /^macro recall {16}58\.33 %$/m,
    /^English called another {6}33\.33 %$/m,
    /^en +3 +66\.67 % {2}de 1$/m,
    /^ru +1 not served {2}other 1$/m,
  ]) {
    t.match(out, line)
  }
})

void t.test('other served languages change what counts', async (t) => {
  const { out } = await run(file('c.jsonl', rows), '--json', '--languages', 'ru, de')
  t.match(JSON.parse(out), { n: 3, english_as_other: null, recall: { ru: { n: 1, recall: 1 } } })
})

void t.test('several files, a byte order mark, empty lines: rows are rows', async (t) => {
  const one = file('d.jsonl', [`\ufeff${JSON.stringify(rows[0])}`, '', ' '])
  const { out } = await run(one, file('e.jsonl', [rows[1] ?? {}]), '--json')
  t.match(JSON.parse(out), { n: 2, accuracy: 1 })
})

void t.test('an empty file has no figures, not zeros', async (t) => {
  const { out } = await run(file('f.jsonl', []), '--json')
  t.match(JSON.parse(out), { n: 0, accuracy: null, macro_recall: null, abstention: null })
})

const badLines: readonly (readonly [line: string, why: string])[] = [
  ['{', 'not JSON'],
  ['[]', 'not a JSON object'],
  ['{"lang": "en"}', '"text" is not a string'],
  ['{"text": "a"}', '"lang" is not a language'],
]
for (const [line, why] of badLines) {
  void t.test(`a bad line (${why}) is named by file and number`, async (t) => {
    const path = file('bad.jsonl', [rows[0] ?? {}, line])
    const { code, out, err } = await run(path)
    t.equal(code, 2)
    t.equal(out, '')
    t.equal(err, `holdfast eval language: ${path}:2: ${why}\n`)
  })
}

const badArguments: readonly (readonly [args: string[], message: RegExp])[] = [
  [[], /no file given/],
  [['x.jsonl', '--languages', 'en,tlh'], /cannot be detected: tlh/],
  [['x.jsonl', '--nonsense'], /Unknown option '--nonsense'/],
  [['does-not-exist.jsonl'], /does-not-exist\.jsonl: ENOENT/],
]
for (const [args, message] of badArguments) {
  void t.test(`arguments "${args.join(' ')}": exit code 2 and the fault`, async (t) => {
    const { code, err } = await run(...args)
    t.equal(code, 2)
    t.match(err, message)
  })
}

void t.test('labels of the file reach the terminal without control characters', async (t) => {
  const { out } = await run(file('g.jsonl', [{ text: 'Hello there', lang: '\u001b[2J' }]))
  t.notOk(out.includes('\u001b'))
})
