import t from 'tap'
import { isUnspacedCode, tokenise } from '../../src/judge/tokens.ts'

void t.test('words are cut at spaces and marks, apostrophes inside stay', async (t) => {
  t.same(tokenise("i can't 'quote' well-known x2"), ['i', "can't", 'quote', 'well', 'known', 'x2'])
  t.same(tokenise(''), [])
  t.same(tokenise("' ''"), [])
})

void t.test('scripts without spaces give one token for each character', async (t) => {
  t.same(tokenise('无法ok'), ['无', '法', 'ok'])
  t.same(tokenise('サーバー'), ['サ', 'ー', 'バ', 'ー'])
  t.equal(tokenise('ไม่').length, 3)
})

void t.test('vowel signs stay with their letters', async (t) => {
  t.same(tokenise('नहीं कर'), ['नहीं', 'कर'])
  t.same(tokenise('도와드릴 수'), ['도와드릴', '수'])
})

void t.test('emoji separate words', async (t) => {
  t.same(tokenise('no😀yes'), ['no', 'yes'])
})

void t.test('a part of a text is cut by its bounds', async (t) => {
  t.same(tokenise('one two three', 4, 7), ['two'])
})

void t.test('unspaced characters are told from others', async (t) => {
  t.ok(isUnspacedCode('ก'.charCodeAt(0)))
  t.notOk(isUnspacedCode('a'.charCodeAt(0)))
})
