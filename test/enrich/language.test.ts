import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import t from 'tap'
import { createLanguageDetector } from '../../src/enrich/language.ts'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import { fuzz } from '../fuzz-runs.ts'

const detector = createLanguageDetector({ served: coreLanguages })

/** Written for this test. */
const sentences: readonly (readonly [language: string, text: string])[] = [
  ['en', 'Could you explain how the tides depend on the moon?'],
  ['de', 'Kannst du mir erklären, wie der Mond die Gezeiten macht?'],
  ['fr', 'Pouvez-vous m’expliquer comment la lune produit les marées ?'],
  ['es', '¿Puedes explicarme cómo la luna produce las mareas?'],
  ['it', 'Puoi spiegarmi in che modo la luna produce le maree?'],
  ['pt', 'Você pode me explicar como a lua produz as marés?'],
  ['ro', 'Poți să-mi explici cum produce luna mareele?'],
  ['tr', 'Ayın gelgitleri nasıl oluşturduğunu açıklar mısın?'],
  ['bn', 'চাঁদ কীভাবে জোয়ার তৈরি করে তা ব্যাখ্যা করবেন?'],
  ['sw', 'Je, unaweza kunieleza jinsi mwezi unavyosababisha mawimbi ya bahari?'],
  ['zu', 'Ngicela ungichazele ukuthi inyanga iwenza kanjani amagagasi olwandle.'],
  ['th', 'ช่วยอธิบายหน่อยว่าดวงจันทร์ทำให้เกิดน้ำขึ้นน้ำลงอย่างไร'],
  ['jv', 'Apa kowe bisa nerangake kepriye carane rembulan nggawe pasang surut banyu segara?'],
  ['zh', '你能解释一下月亮是怎样引起潮汐的吗？'],
  ['ja', '月がどのように潮の満ち引きを起こすのか説明してください。'],
  ['ar', 'هل يمكنك أن تشرح لي كيف يسبب القمر المد والجزر؟'],
  ['hi', 'क्या आप समझा सकते हैं कि चाँद ज्वार-भाटा कैसे बनाता है?'],
  ['vi', 'Bạn có thể giải thích mặt trăng tạo ra thủy triều như thế nào không?'],
  ['ko', '달이 어떻게 밀물과 썰물을 일으키는지 설명해 주시겠어요?'],
]

void t.test('a sentence in each of the 19 core languages', (t) => {
  t.equal(sentences.length, coreLanguages.length)
  for (const [language, text] of sentences) t.equal(detector.detect(text).language, language, text)
  t.end()
})

const notServed: readonly (readonly [name: string, text: string])[] = [
  ['Indonesian', 'Bisakah Anda menjelaskan bagaimana bulan menyebabkan pasang surut air laut?'],
  ['Dutch', 'Kun je uitleggen hoe de maan de getijden veroorzaakt?'],
  ['Polish', 'Czy możesz wyjaśnić, jak księżyc wywołuje pływy?'],
  ['Russian', 'Можешь объяснить, как луна вызывает приливы?'],
  ['Persian', 'می‌توانی توضیح بدهی ماه چگونه جزر و مد را به وجود می‌آورد؟'],
  ['Urdu', 'کیا آپ بتا سکتے ہیں کہ چاند مد و جزر کیسے پیدا کرتا ہے؟'],
  ['Marathi', 'चंद्रामुळे भरती-ओहोटी कशी होते हे तुम्ही समजावून सांगू शकता का? ते कसे होते आहे?'],
  ['Greek', 'Μπορείς να εξηγήσεις πώς η σελήνη προκαλεί τις παλίρροιες;'],
  ['Hausa', 'Za ka iya bayyana yadda wata yake sa ruwan teku ya hau da sauka?'],
]
void t.test(
  'a sentence in a language that is not served is called none of the served ones',
  (t) => {
    const served = new Set<string>(coreLanguages)
    for (const [name, text] of notServed) {
      t.notOk(served.has(detector.detect(text).language), `${name}: ${text}`)
    }
    t.end()
  },
)

void t.test('what holds too little to decide is und, with confidence 0', (t) => {
  for (const text of ['', '   ', '12345', '?!', '😀😀', 'x', 'Xyzzqk']) {
    t.match(detector.detect(text), { language: 'und', method: 'abstained', confidence: 0 }, text)
  }
  t.end()
})

void t.test('a greeting that many languages share is und, not the first of them', (t) => {
  for (const text of ['hello', 'merci', 'test', 'ok', 'no']) {
    t.equal(detector.detect(text).language, 'und', text)
  }
  t.end()
})

void t.test('the method says what decided', (t) => {
  t.equal(detector.detect('이게 뭐예요?').method, 'script')
  t.equal(detector.detect('Can you tell me what this is?').method, 'eld')
  t.equal(detector.detect('Ngicela ungichazele ukuthi inyanga iyini.').method, 'franc')
  t.end()
})

void t.test('Latin names inside Chinese and Hindi questions do not decide', (t) => {
  t.equal(detector.detect('请介绍一下 Kubernetes 和 Docker 的区别').language, 'zh')
  t.equal(detector.detect('Python में API कैसे बनाते हैं, मुझे समझाइए').language, 'hi')
  t.end()
})

void t.test('decomposed accents read like composed ones', (t) => {
  const text = 'Bạn có thể giải thích điều này không?'
  t.equal(detector.detect(text.normalize('NFD')).language, 'vi')
  t.end()
})

void t.test('the served list decides what is other', (t) => {
  const few = createLanguageDetector({ served: ['en', 'id', 'nl'] })
  t.equal(few.detect('Kannst du mir erklären, wie das geht?').language, 'other')
  t.equal(few.detect('这是什么意思？').language, 'other')
  t.equal(few.detect('Kun je uitleggen hoe de maan de getijden veroorzaakt?').language, 'nl')
  const indonesian = 'Apakah Anda dapat menjelaskan mengapa bulan menyebabkan pasang surut?'
  t.equal(few.detect(indonesian).language, 'id')
  t.end()
})

void t.test('a served language that nothing can tell is refused by name', (t) => {
  t.throws(() => createLanguageDetector({ served: ['en', 'tlh'] }), {
    message: 'language tlh cannot be detected',
  })
  t.end()
})

void t.test('any string gets a served language, other or und', (t) => {
  const allowed = new Set<string>([...coreLanguages, 'other', 'und'])
  const anyText = fc.string({ unit: 'grapheme', maxLength: 200 })
  fc.assert(
    fc.property(anyText, (text) => {
      const { language, confidence } = detector.detect(text)
      return allowed.has(language) && confidence >= 0 && confidence <= 1
    }),
    fuzz('language', 11),
  )
  t.end()
})

void t.test('hostile lengths cost what 600 characters cost', (t) => {
  const started = performance.now()
  for (const piece of ["'", '’', 'a', '́', 'é', '\u0000', 'の', 'ab ']) {
    detector.detect(piece.repeat(200_000))
  }
  t.ok(performance.now() - started < 500)
  t.end()
})

const sets = ['lid_multijail', 'lid_xquad_questions', 'lid_sib200'] as const
const fileOf = (set: string): string => `../shared/data/${set}/dev.jsonl`
const missing = sets.filter((set) => !existsSync(fileOf(set)))

interface Row {
  text: string
  lang: string
}

/** The half that no threshold was fitted on. */
const reportedHalf = (set: string): Row[] =>
  readFileSync(fileOf(set), 'utf8')
    .trim()
    .split('\n')
    .map((line): Row & { parallel_id: string } => JSON.parse(line))
    .filter(({ parallel_id }) => (createHash('sha256').update(parallel_id).digest()[0] ?? 0) % 2)

void t.test(
  'labelled rows: macro recall >= .97, abstention <= 3 %, English called another <= .5 %',
  { skip: missing.length > 0 && `no labelled rows at ${missing.map(fileOf).join(', ')}` },
  (t) => {
    const served = new Set<string>(coreLanguages)
    for (const set of sets) {
      const rows = reportedHalf(set).filter(({ lang }) => served.has(lang))
      const recall = new Map<string, { n: number; correct: number }>()
      const seen = { abstained: 0, english: 0, englishAsOther: 0 }
      for (const { text, lang } of rows) {
        const { language } = detector.detect(text)
        const counts = recall.get(lang) ?? { n: 0, correct: 0 }
        recall.set(lang, counts)
        counts.n++
        if (language === lang) counts.correct++
        if (language === 'und') seen.abstained++
        if (lang === 'en') seen.english++
        if (lang === 'en' && language !== 'en' && served.has(language)) seen.englishAsOther++
      }
      const recalls = [...recall.values()].map(({ n, correct }) => correct / n)
      const macro = recalls.reduce((sum, value) => sum + value, 0) / recalls.length
      t.ok(rows.length >= 700, `${set}: ${rows.length} rows`)
      t.ok(macro >= 0.97, `${set}: macro recall ${macro}`)
      t.ok(seen.abstained / rows.length <= 0.03, `${set}: abstained ${seen.abstained}`)
      t.ok(seen.englishAsOther / seen.english <= 0.005, `${set}: English ${seen.englishAsOther}`)
    }
    t.end()
  },
)
