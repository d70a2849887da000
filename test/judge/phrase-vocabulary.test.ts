import t from 'tap'
import { Vocabulary } from '../../src/judge/phrase-vocabulary.ts'

void t.test('the same word has one number, its three kinds have different ones', async (t) => {
  const vocabulary = new Vocabulary()
  const help = vocabulary.add('help', 'exact')
  t.equal(vocabulary.add('help', 'exact'), help)
  const ids = [help, vocabulary.add('help', 'prefix'), vocabulary.add('help', 'suffix')]
  t.equal(new Set(ids).size, 3)
  t.equal(vocabulary.size, 4)
})

void t.test('tokens are numbered by what they are, begin with and end with', async (t) => {
  const vocabulary = new Vocabulary()
  const exact = vocabulary.add('helping', 'exact')
  const long = vocabulary.add('help', 'prefix')
  const short = vocabulary.add('h', 'prefix')
  const suffix = vocabulary.add('ing', 'suffix')
  t.same(vocabulary.look('helping'), { exact, wild: [long, short, suffix] })
  t.same(vocabulary.look('other'), { exact: 0, wild: undefined })
  t.same(vocabulary.look('h'), { exact: 0, wild: [short] })
  t.same(vocabulary.look('ring'), { exact: 0, wild: [suffix] })
})

void t.test('a word that was looked up gets to know beginnings that are added later', async (t) => {
  const vocabulary = new Vocabulary()
  const exact = vocabulary.add('helping', 'exact')
  t.same(vocabulary.look('helping'), { exact, wild: undefined })
  const prefix = vocabulary.add('he', 'prefix')
  t.same(vocabulary.look('helping'), { exact, wild: [prefix] })
})
