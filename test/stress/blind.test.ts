import t from 'tap'
import { blindId, createScrub, raterOrder, withheld } from '../../src/stress/blind.ts'

const scaffold = (name: string, system?: string) => ({ name, hash: 'a'.repeat(64), system })

void t.test('names go, with any case and at word ends only; the longest goes whole', async (t) => {
  const scrub = createScrub({ names: ['gpt-x', 'gpt-x-2026', 'ab'], scaffolds: [] })
  t.same(scrub('I am GPT-X-2026, not gpt-x.'), {
    text: `I am ${withheld}, not ${withheld}.`,
    places: 2,
  })
  t.same(scrub('gpt-xl and ab'), { text: 'gpt-xl and ab', places: 0 }, 'another name, a short one')
  t.same(createScrub({ names: [], scaffolds: [] })('anything'), { text: 'anything', places: 0 })
})

void t.test(
  'a scaffold with the name of a word is taken out only where it is a name',
  async (t) => {
    const { text, places } = createScrub({ names: [], scaffolds: [scaffold('verification')] })(
      'After verification of the date: scaffold=verification, the "verification" scaffold.',
    )
    t.equal(text, `After verification of the date: ${withheld}, the "${withheld}.`)
    t.equal(places, 2)
    const hyphen = createScrub({ names: [], scaffolds: [scaffold('safety-policy')] })
    t.equal(hyphen('My safety-policy says no.').text, `My ${withheld} says no.`)
  },
)

void t.test(
  'sentences of a scaffold go however they are broken; short ones are left',
  async (t) => {
    const system = 'Be kind. The user decides how the\nwork is done (always).'
    const scrub = createScrub({ names: [], scaffolds: [scaffold('none', system)] })
    t.equal(
      scrub('Be kind. I was told: the user decides how  the work is done (always). Fine.').text,
      `Be kind. I was told: ${withheld} Fine.`,
    )
  },
)

void t.test(
  'ids and orders hang on the seed and the rater, and say nothing of what they name',
  async (t) => {
    t.match(blindId(1, 'x'), /^t_[0-9a-f]{12}$/)
    t.equal(blindId(1, 'x'), blindId(1, 'x'))
    t.not(blindId(1, 'x'), blindId(2, 'x'))
    const items = Array.from({ length: 30 }, (_, i) => ({ id: blindId(1, `${i}`) }))
    const names = (list: readonly { id: string }[]): string => list.map(({ id }) => id).join()
    t.equal(names(raterOrder(items, 1, 'a')), names(raterOrder([...items].reverse(), 1, 'a')))
    t.not(names(raterOrder(items, 1, 'a')), names(raterOrder(items, 1, 'b')))
    t.not(names(raterOrder(items, 1, 'a')), names(raterOrder(items, 2, 'a')))
  },
)
