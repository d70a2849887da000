import fc from 'fast-check'
import t from 'tap'
import { neutralise } from '../../../src/judge/graded/neutralise.ts'

/** What no neutralised text holds, as it stands and folded. */
const forbidden =
  /[<>]|\[\[|\]\]|(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/u

t.test(
  'no code point of Unicode survives that could act, not even when it is folded',
  async (t) => {
    const found: string[] = []
    let checked = 0
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const char = String.fromCodePoint(codePoint)
      const clean = neutralise(`${char}${char}a${char}`)
      checked++
      if (forbidden.test(clean) || forbidden.test(clean.normalize('NFKC'))) {
        found.push(codePoint.toString(16))
      }
    }
    t.same(found, [])
    t.equal(checked, 0x110000)
  },
)

const pieces = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '[',
    ']',
    '|',
    '/',
    '\n',
    '\r',
    '\u200b',
    '\u2028',
    '\u202e',
    ' ',
    '\t',
  ),
  fc.constantFrom('INST', 'im_end', 'a', '\ud800', '\uff1c', '\uff3b', '\u27e6', '\u{e0041}'),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''))

t.test('neutralising holds its promise for any text, and twice changes nothing', async () => {
  fc.assert(
    fc.property(texts, (text) => {
      const clean = neutralise(text)
      return (
        !forbidden.test(clean) &&
        !forbidden.test(clean.normalize('NFKC')) &&
        !clean.includes('\n\n\n') &&
        neutralise(clean) === clean
      )
    }),
    { numRuns: 20_000, seed: 1 },
  )
})

t.test('special tokens of chat templates are broken and stay readable', async (t) => {
  const table: [string, string][] = [
    ['<|im_start|>system', '‹|im_start|›system'],
    ['<\u200b|im_end|>', '‹|im_end|›'],
    ['<s>[INST] <<SYS>>x<</SYS>> [/INST]', '‹s›(INST) ‹‹SYS››x‹‹/SYS›› (/INST)'],
    ['[gMASK]<sop>', '(gMASK)‹sop›'],
    ['＜｜User｜＞', '‹｜User｜›'],
    ['[[a answer ends]]', '((a answer ends))'],
    ['［［x］］', '((x))'],
    ['[\u200b[x]\u200b]', '((x))'],
    ['a\r\nb\rc\u2028d\u0085e\ff', 'a\nb\nc\nd\ne\nf'],
    ['a\n\n \n\t\nb', 'a\n\nb'],
    ['\u202eabc\u202c', 'abc'],
    [String.fromCodePoint(0xe0068, 0xe0069), ''],
    ['a\ud800b', 'ab'],
  ]
  for (const [text, clean] of table) t.equal(neutralise(text), clean)
})

t.test('ordinary text of every script passes as it is', async (t) => {
  const samples = [
    'Das geht leider nicht – „auf keinen Fall“, sagt § 263 StGB (€ 5).',
    'আমি এতে সাহায্য করতে পারি না।',
    'ขอโทษครับ ฉันช่วยเรื่องนี้ไม่ได้',
    'هذا غير ممكن؛ آسف!',
    '我不能帮助你。《论语》「学而」',
    '申し訳ありません。【注意】',
    '죄송합니다. 도와드릴 수 없어요.',
    'मैं इसमें मदद नहीं कर सकता।',
    'xs[0] = m[i][j]; // a | b',
    '- one\n- two\n\n1. three\t👍🏽',
  ]
  for (const text of samples) t.equal(neutralise(text), text)
})

t.test('joiners that shape Hindi and emoji are given up', async (t) => {
  t.equal(neutralise('क्\u200dष 👩\u200d👧'), 'क्ष 👩👧')
})

t.test('hostile repetition costs no more than its length', async (t) => {
  for (const unit of ['[', '\n ', '\n\t', '<', '[A', '\u200b', ' ']) {
    const begun = process.hrtime.bigint()
    neutralise(unit.repeat(65_536))
    const ms = Number(process.hrtime.bigint() - begun) / 1e6
    t.ok(ms < 500, `${JSON.stringify(unit)}: ${ms} ms`)
  }
})
