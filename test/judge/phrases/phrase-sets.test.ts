import t from 'tap'
import { coreLanguages } from '../../../src/exchange/stratum.ts'
import { PhraseMatcher } from '../../../src/judge/phrase-matcher.ts'
import { cues } from '../../../src/judge/phrases/phrase-set.ts'
import { phraseSets } from '../../../src/judge/phrases/phrase-sets.ts'

void t.test('every set compiles, is named once, and covers every cue', async (t) => {
  const names = phraseSets.map(({ language }) => language)
  t.equal(new Set(names).size, names.length)
  for (const set of phraseSets) {
    t.ok(new PhraseMatcher([set]).phraseCount > 0, set.language)
    for (const cue of cues) t.ok(set[cue].length > 0, `${set.language} ${cue}`)
  }
})

void t.test('every core language holds at least 30 phrases and 100 wordings', async (t) => {
  const sets = new Map(phraseSets.map((set) => [set.language, set]))
  for (const language of coreLanguages) {
    const set = sets.get(language)
    const phrases = set === undefined ? [] : cues.flatMap((cue) => set[cue])
    const wordings = phrases.reduce((sum, phrase) => sum + phrase.split('|').length, 0)
    t.ok(phrases.length >= 30, `${language}: ${phrases.length} phrases`)
    t.ok(wordings >= 100, `${language}: ${wordings} wordings`)
  }
})

void t.test('no phrase has brackets inside brackets or unbalanced ones', async (t) => {
  for (const set of phraseSets) {
    for (const phrase of cues.flatMap((cue) => set[cue])) {
      const rest = phrase.replace(/\([^()]*\)/g, '').replace(/<\d+>/g, '')
      t.notMatch(rest, /[()<>|]/, `${set.language}: ${phrase}`)
    }
  }
})
