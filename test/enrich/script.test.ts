import t from 'tap'
import { dominantScript, lettersOf, type Script } from '../../src/enrich/script.ts'

const cases: readonly (readonly [string, Script])[] = [
  ['What is this?', 'latin'],
  ['Đây là gì?', 'latin'],
  ['Что это?', 'cyrillic'],
  ['ما هذا؟', 'arabic'],
  ['यह क्या है?', 'devanagari'],
  ['এটা কি?', 'bengali'],
  ['นี่คืออะไร', 'thai'],
  ['이게 뭐예요?', 'hangul'],
  ['这是什么？', 'han'],
  ['これは何ですか', 'japanese'],
  ['Τι είναι αυτό;', 'greek'],
  ['ꦲꦤꦕꦫꦏ', 'javanese'],
  ['', 'unknown'],
  ['123 !? 😀', 'unknown'],
]
for (const [text, script] of cases) {
  void t.test(`"${text}" is ${script}`, (t) => {
    t.equal(dominantScript(text).script, script)
    t.end()
  })
}

void t.test('an ideograph weighs 3.5 letters: Chinese around an English name is Chinese', (t) => {
  const count = dominantScript('请介绍 Kubernetes 好吗')
  t.equal(count.script, 'han')
  t.equal(count.letters, 17.5)
  t.equal(count.share, 17.5 / 27.5)
  t.end()
})

void t.test('one の among many ideographs does not make Japanese', (t) => {
  t.equal(dominantScript('优良の品质保证我们的产品非常好').script, 'han')
  t.end()
})

void t.test('ideographs of the supplementary planes count', (t) => {
  t.same(dominantScript('𠮷'), { script: 'han', letters: 3.5, share: 1 })
  t.end()
})

void t.test('letters of one script are kept with their apostrophes, all else is space', (t) => {
  t.equal(lettersOf("l'été 2024, ок?", 'latin'), "l'été")
  t.equal(lettersOf('यह API क्या है?', 'devanagari'), 'यह क्या है')
  t.equal(lettersOf('123', 'latin'), '')
  t.end()
})
