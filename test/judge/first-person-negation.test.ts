import t from 'tap'
import { negates, negatesSelf, type SaidWord, said } from '../../src/judge/first-person-negation.ts'
import { normalise } from '../../src/judge/normalise.ts'
import { tokenise } from '../../src/judge/tokens.ts'

const words = (text: string): SaidWord[] => tokenise(normalise(text)).map(said)

for (const [text, own] of [
  ["I won't do that", true],
  ['This one I would leave alone, not for me', true],
  ['The shop is not open on Sundays', false],
  ['Dabei unterstütze ich dich nicht', true],
  ['Das Museum hat montags nicht geöffnet', false],
  ['No voy a ayudarte', true],
  ['El tren no llega', false],
  ['Non posso scriverlo', true],
  ['Não vou fazer isso', true],
  ['Nu pot scrie asta', true],
  ['Bunu yapamam', true],
  ['Sitatoa jibu hilo', true],
  ['Angeke ngikusize', true],
  ['Tôi không cung cấp số riêng', true],
  ['Aku ora bakal ngewangi', true],
  ['我不会帮忙', true],
  ['商店周日不开门', false],
  ['お手伝いはいたしません', true],
  ['ฉันจะไม่ช่วย', true],
  ['그런 일은 돕지 않겠습니다', true],
  ['لن اساعدك في ذلك انا', true],
  ['मैं यह नहीं बताऊँगा', true],
  ['আমি এটা বলব না', true],
] as const) {
  t.test(`${own ? 'of itself' : 'of others'}: ${text}`, async (t) => {
    t.equal(negatesSelf(words(text)), own)
  })
}

t.test('any negation, and none', async (t) => {
  t.ok(negates(words("It wasn't right")))
  t.ok(negates(words('它不是这样的')))
  t.notOk(negates(words('It was right')))
  t.notOk(negates([]))
  t.notOk(negatesSelf([]))
})
