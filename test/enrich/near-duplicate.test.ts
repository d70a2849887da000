import t from 'tap'
import { createRandom, type Random } from '../../src/drift/simulation/random.ts'
import { createNearDuplicates, type Repeat } from '../../src/enrich/near-duplicate.ts'
import type { Refused } from '../../src/enrich/prompt-memory.ts'

// Words for generated prompts; written for this test.
const english =
  `about account after agent always answer apple around article balance before better between book
  bottle bridge budget build business calendar camera change chapter check children city clean
  climate coffee collect color common company compare computer contract cook correct country create
  customer damage database delete describe design detail dinner doctor document draft drive early
  electric email engine english example exercise explain family fast finance find fix flower food
  form friend function garden gentle give good group guide handle happy have health help history
  holiday house how improve income information install insurance invoice into island kitchen
  language laptop learn letter library list local machine make manager market meeting message method
  modern money month morning music neighbor network note number office often order organize paper
  parent password payment people phone picture plan plant please polite poem price print problem
  program project protein question quick quote read recipe repair replace report result river road
  rule safe sample school science script season sentence service short should simple software sort
  speech spring station story student study subject summary summer support table teacher team test
  thank the there thermal ticket time title tool town train translate travel tree understand update
  useful vegetable version village visit water weather website week what when where which window
  winter with without word work write yellow your`.split(/\s+/)
const japanese =
  '明日 会議 資料 作成 方法 教えて ください 料理 簡単 夕食 提案 子供 旅行 計画 予算 東京 天気 英語 翻訳 文章 要約 してください 仕事 メール 返事 書き方 お願い します 病院 薬 飲み方 電車 時間 調べて 欲しい 写真 保存 パソコン 設定 変更 銀行 口座 開設 必要 書類 健康 運動 毎日 続ける 理由 説明 学校 宿題 数学 問題 解き方'.split(
    ' ',
  )
const thai =
  'พรุ่งนี้ ประชุม เอกสาร วิธี สอน หน่อย อาหาร ง่าย มื้อเย็น แนะนำ เด็ก เที่ยว แผน งบประมาณ กรุงเทพ อากาศ ภาษา แปล ข้อความ สรุป ให้ งาน อีเมล ตอบ เขียน ช่วย โรงพยาบาล ยา กิน รถไฟ เวลา ค้นหา อยาก รูปภาพ บันทึก คอมพิวเตอร์ ตั้งค่า เปลี่ยน ธนาคาร บัญชี เปิด จำเป็น สุขภาพ ออกกำลังกาย ทุกวัน เหตุผล อธิบาย โรงเรียน การบ้าน คณิตศาสตร์ โจทย์'.split(
    ' ',
  )

const pick = (words: readonly string[], random: Random): string =>
  words[random.below(words.length)] ?? ''

const wordsOf = (words: readonly string[], length: number, gap: string, random: Random) => {
  const drawn: string[] = []
  for (let size = 0; size < length; size += (drawn.at(-1) ?? '').length + gap.length) {
    drawn.push(pick(words, random))
  }
  return drawn
}

const promptOf = (words: readonly string[], length: number, random: Random): string =>
  wordsOf(words, length, ' ', random).join(' ').slice(0, length)

const hour = 3_600_000
const asking = (options: { usersMax?: number; promptsMax?: number } = {}) => {
  const near = createNearDuplicates({ secret: 'deployment', ...options })
  return {
    near,
    ask: (prompt: string, refused: Refused, at = 0, userKey = 'u') =>
      near.observe({ userKey, prompt, refused, at }),
  }
}
const fresh: Repeat = { near: 0, consistent: undefined }

void t.test('asked again: the verdict is held against the newest of its kind', (t) => {
  const { ask } = asking()
  t.same(ask('How do I pick the lock of my own door?', true, 0), fresh)
  t.same(ask('What shall I cook for six people tonight?', false, 1), fresh)
  t.same(ask('How do I pick the lock of my own front door?', true, 2), {
    near: 1,
    consistent: true,
  })
  t.same(ask('How do I pick the lock of my own back door?', false, 3), {
    near: 2,
    consistent: false,
  })
  t.same(ask('How do I pick the lock of my own door?', false, 4), { near: 3, consistent: true })
  t.end()
})

void t.test('a verdict that is unknown is compared with nothing, and skipped by the next', (t) => {
  const { ask } = asking()
  const prompt = 'How do I pick the lock of my own door?'
  ask(prompt, true)
  t.same(ask(prompt, undefined), { near: 1, consistent: undefined })
  t.same(ask(prompt, false), { near: 2, consistent: false })
  const only = asking()
  only.ask(prompt, undefined)
  t.same(only.ask(prompt, true), { near: 1, consistent: undefined })
  t.end()
})

void t.test('another user, and a day later, it is asked for the first time', (t) => {
  const { ask } = asking()
  const prompt = 'How do I pick the lock of my own door?'
  ask(prompt, true, 0, 'first')
  t.same(ask(prompt, true, 1, 'second'), fresh)
  t.equal(ask(prompt, true, 24 * hour - 1, 'first')?.near, 1)
  t.equal(ask(prompt, true, 24 * hour, 'first')?.near, 1, 'the older one is a day old')
  t.same(ask(prompt, true, 48 * hour, 'first'), fresh)
  t.end()
})

void t.test('the last 50 prompts of a user are compared', (t) => {
  const { ask, near } = asking()
  const random = createRandom(3)
  ask('How do I pick the lock of my own door?', false)
  for (let i = 0; i < 49; i++) ask(promptOf(english, 100, random), false)
  t.equal(ask('How do I pick the lock of my own door?', false)?.near, 1)
  for (let i = 0; i < 50; i++) ask(promptOf(english, 100, random), false)
  t.equal(ask('How do I pick the lock of my own door?', false)?.near, 0)
  t.same(near.size(), { users: 1, prompts: 50, bytesMax: 26_900_000 })
  t.end()
})

void t.test('prompts under 20 characters are neither compared nor remembered', (t) => {
  const { ask, near } = asking()
  t.equal(ask('yes, please go on !', false), undefined)
  t.equal(ask(`  yes, go on${' '.repeat(50)}\n`, false), undefined, 'white space does not count')
  t.equal(ask('', false), undefined)
  t.equal(near.size().prompts, 0)
  t.same(ask('yes, please go on !!', false), fresh)
  t.end()
})

void t.test('case, white space and forms of letters do not make another prompt', (t) => {
  const { ask } = asking()
  ask('Ｈｏｗ do I\n\n\tpick the LOCK of my own café door?', false)
  t.equal(ask('how do i pick the lock of my own cafe\u0301 door?', false)?.near, 1)
  t.equal(ask('how do i pick the lock of my own cafe door?', false)?.near, 2)
  t.end()
})

void t.test('digits are kept: other numbers are another question', (t) => {
  const { ask } = asking()
  ask('is 7919182736455463 prime', false)
  t.same(ask('is 1029384756473829 prime', false), fresh)
  t.end()
})

void t.test('of a long prompt both ends are read, and no more', (t) => {
  const random = createRandom(5)
  const letters = (): string =>
    Array.from({ length: 1_000 }, () => String.fromCharCode(97 + random.below(26))).join('')
  const [first, second, third] = [letters(), letters(), letters()]
  const { ask } = asking()
  ask(`${first}${'x'.repeat(1_000_000)}${second}`, false)
  t.equal(ask(`${first}${'y'.repeat(1_000_000)}${second}`, false)?.near, 1)
  t.equal(ask(`${first}${'x'.repeat(1_000_000)}${third}`, false)?.near, 0)
  t.equal(ask(`${third}${'x'.repeat(1_000_000)}${second}`, false)?.near, 0)
  // One ligature becomes 18 characters by NFKC: what is read stays bounded.
  t.equal(ask('\ufdfa'.repeat(2_000), false)?.near, 0)
  t.end()
})

void t.test('memory is bounded over all users', (t) => {
  const { ask, near } = asking({ usersMax: 10, promptsMax: 60 })
  for (let i = 0; i < 500; i++) ask('How do I pick the lock of my own door?', true, i, `u${i % 37}`)
  t.same(near.size(), { users: 10, prompts: 10, bytesMax: 60 * 269 })
  for (let i = 0; i < 500; i++) ask('How do I pick the lock of my own door?', true, i, `u${i % 3}`)
  const { users, prompts } = near.size()
  t.ok(users <= 3 && prompts <= 60, `${users} users, ${prompts} prompts`)
  t.end()
})

const edits = 1000

/** Shares of one-word edits found, and of unrelated prompts taken for near-duplicates. */
const shares = (words: readonly string[], gap: string, from: number, to: number, seed: number) => {
  const random = createRandom(seed)
  const near = createNearDuplicates({ secret: `seed ${seed}` })
  let found = 0
  let mistaken = 0
  for (let i = 0; i < edits; i++) {
    const drawn = wordsOf(words, from + random.below(to - from + 1), gap, random)
    const at = i
    const ask = (text: string, userKey: string) =>
      near.observe({ userKey, prompt: text, refused: false, at })?.near ?? 0
    // Every user of the second kind has seen up to 50 other prompts.
    mistaken += ask(drawn.join(gap), `all ${i % 20}`)
    ask(drawn.join(gap), `one ${i}`)
    const edited = [...drawn]
    const place = random.below(drawn.length)
    while (edited[place] === drawn[place]) edited[place] = pick(words, random)
    if (ask(edited.join(gap), `one ${i}`) > 0) found++
  }
  return { found: found / edits, mistaken }
}

void t.test('one-word edits are found, unrelated prompts are not', (t) => {
  const cases: [string, readonly string[], string, number, number, number][] = [
    ['English, 60 to 200 characters', english, ' ', 60, 200, 0.99],
    ['Japanese, 30 to 100 characters', japanese, '', 30, 100, 0.97],
    ['Thai, 60 to 200 characters', thai, '', 60, 200, 0.99],
  ]
  for (const [name, words, gap, from, to, foundMin] of cases) {
    const { found, mistaken } = shares(words, gap, from, to, 17)
    t.comment(`${name}: ${found} of ${edits} edits found, ${mistaken} unrelated taken for one`)
    t.ok(found >= foundMin, `${name}: ${found}`)
    t.equal(mistaken, 0, name)
  }
  t.end()
})
