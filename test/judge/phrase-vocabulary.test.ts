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
  const numbered = vocabulary.number(['helping', 'other', 'h', 'ring'])
  t.same([...numbered.exact], [exact, 0, 0, 0])
  t.same(numbered.wild[0], [long, short, suffix])
  t.equal(numbered.wild[1], undefined)
  t.same(numbered.wild[2], [short])
  t.same(numbered.wild[3], [suffix])
})
