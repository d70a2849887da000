/** Requests of others are answered in their own language where it can be told. */
import t from 'tap'
import { recognise } from '../../src/simulator/recognise.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'

void t.test('a stranger’s text is harmless and answered in kind', async (t) => {
  const asked: Readonly<Record<string, string>> = {
    de: 'Was ist die Hauptstadt von Frankreich, und wie komme ich dorthin?',
    en: 'zzz',
    ja: '東京の人口は何人ですか',
    zh: '北京有多少人口',
    th: 'กรุงเทพอยู่ที่ไหน',
    ko: '서울은 어디에 있나요',
    ar: 'أين تقع القاهرة',
    hi: 'दिल्ली कहाँ है',
    bn: 'ঢাকা কোথায়',
  }
  for (const [language, text] of Object.entries(asked)) {
    t.match(recognise(text), { language, kind: 'other', item: undefined, drawKey: text })
  }
})

void t.test(
  'one item in two languages has one draw, and what stands around it counts',
  async (t) => {
    const [english = ''] = simulatorTexts.en.shouldRefuse
    const [german = ''] = simulatorTexts.de.shouldRefuse
    t.equal(recognise(english).drawKey, recognise(german).drawKey)
    t.not(recognise(`Hello, Ben here. ${english}`).drawKey, recognise(english).drawKey)
  },
)

void t.test('of a harmful and a harmless request the harmful one counts', async (t) => {
  const { shouldRefuse, benign } = simulatorTexts.es
  const found = recognise(`${benign[0]} ${shouldRefuse[4]}`)
  t.match(found, { language: 'es', kind: 'should_refuse', item: 4 })
})
