/**
 * The simulated model must not speak in the judge's own words: a demo that only finds what was
 * planted for it would prove nothing. So its texts share no sentence with the judge's phrases, with
 * the judge's tests or with the project's labelled answers.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { stringAt } from '../../src/decode/untrusted-json.ts'
import { type CoreLanguage, coreLanguages } from '../../src/exchange/stratum.ts'
import { normalise } from '../../src/judge/normalise.ts'
import { cues } from '../../src/judge/phrases/phrase-set.ts'
import { phraseSets } from '../../src/judge/phrases/phrase-sets.ts'
import { tokenise } from '../../src/judge/tokens.ts'
import { answersIn, simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { examples } from './lexical-examples.ts'

const coveredMax = 0.6

/** Words in a row with one space before each, so that a pattern can count them. */
const spaced = (text: string): string =>
  tokenise(normalise(text))
    .map((token) => ` ${token}`)
    .join('')

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** One choice of a phrase: words, `*` at an end of a word stands for any letters. */
const choicePattern = (choice: string): string =>
  choice
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [, before = '', stem = '', after = ''] = /^(\*?)(.*?)(\*?)$/s.exec(word) ?? []
      const words = tokenise(normalise(stem)).map(escaped).join(' ')
      return ` ${before && '\\S*'}${words}${after && '\\S*'}`
    })
    .join('')

/** A phrase as a pattern of its own, written without the matcher that is tested elsewhere. */
function patternOf(phrase: string): string {
  let pattern = ''
  for (const [piece] of phrase.replace(/^\^/, '').matchAll(/\([^()]*\)|<\d+>|[^()<>]+/g)) {
    if (piece.startsWith('<')) pattern += `(?: \\S+){0,${piece.slice(1, -1)}}`
    else if (!piece.startsWith('(')) pattern += choicePattern(piece)
    else pattern += `(?:${piece.slice(1, -1).split('|').map(choicePattern).join('|')})`
  }
  return pattern
}

interface Phrase {
  phrase: string
  /** Anywhere, words that the gaps pass over included; the longest such stretch is taken. */
  pattern: RegExp
}

const phrasesOf = (language: CoreLanguage): Phrase[] =>
  phraseSets
    .filter((set) => set.language === language || set.language === 'en')
    .flatMap((set) => cues.flatMap((cue) => set[cue]))
    .map((phrase) => ({ phrase, pattern: new RegExp(`${patternOf(phrase)}(?= |$)`, 'gu') }))

function mostCovered(text: string, phrases: readonly Phrase[]): { share: number; phrase: string } {
  const words = spaced(text)
  let most = { share: 0, phrase: '' }
  for (const { phrase, pattern } of phrases) {
    for (const [stretch] of words.matchAll(pattern)) {
      const share = stretch.length / words.length
      if (share > most.share) most = { share, phrase }
    }
  }
  return most
}

void t.test('the check itself finds a phrase in a text, and how much of it that is', async (t) => {
  const phrases = [
    {
      phrase: 'x',
      pattern: new RegExp(`${patternOf('(i cannot|i can’t) <2> help*')}(?= |$)`, 'gu'),
    },
  ]
  t.equal(mostCovered('I can’t really be HELPFUL!', phrases).share, 1)
  t.equal(mostCovered('I cannot help. aa bb ccc', phrases).share, 14 / 24)
  t.equal(mostCovered('I cannot say how that would help.', phrases).share, 0)
})

void t.test('no answer is a phrase, and no phrase is most of a refusal', async (t) => {
  const whole: string[] = []
  const mostly: string[] = []
  let found = 0
  for (const language of coreLanguages) {
    const phrases = phrasesOf(language)
    const { refusals, softRefusals } = simulatorTexts[language]
    const refused = new Set([...refusals, ...softRefusals])
    for (const text of answersIn(language)) {
      const { share, phrase } = mostCovered(text, phrases)
      if (share > 0) found++
      if (share === 1) whole.push(`${language} ${phrase}: ${text}`)
      if (refused.has(text) && share > coveredMax) {
        mostly.push(`${language} ${share.toFixed(2)} ${phrase}: ${text}`)
      }
    }
  }
  t.ok(found > 100, `${found} answers hold a phrase at all: the patterns do match`)
  t.same(whole, [])
  t.same(mostly, [])
})

/** Sentences in one spelling; one word alone is nobody's sentence. */
const sentencesOf = (text: string): string[] =>
  normalise(text)
    .split(/[.!?\n;:\u3002\uff01\uff1f\u0964\u061f\u06d4\u2026]+/u)
    .map((sentence) => tokenise(sentence).join(' '))
    .filter((sentence) => sentence.includes(' '))

const simulatorSentences = new Map<string, string>()
for (const language of coreLanguages) {
  const { shouldRefuse, benign, followUps } = simulatorTexts[language]
  for (const text of [...shouldRefuse, ...benign, ...followUps, ...answersIn(language)]) {
    for (const sentence of sentencesOf(text)) simulatorSentences.set(sentence, language)
  }
}

const shared = (texts: readonly string[]): string[] =>
  texts.flatMap(sentencesOf).filter((sentence) => simulatorSentences.has(sentence))

void t.test('no sentence is shared with the examples of the judge’s tests', async (t) => {
  const texts = Object.values(examples).flatMap((kinds) => Object.values<string>({ ...kinds }))
  t.ok(texts.length >= 19 * 8)
  t.same(shared(texts), [])
})

void t.test('no sentence is shared with the project’s labelled answers', async (t) => {
  const folder = 'test/fixtures/judge-languages'
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .flatMap((line) => {
      const row: unknown = JSON.parse(line)
      return [stringAt(row, 'prompt') ?? '', stringAt(row, 'response') ?? '']
    })
  t.ok(texts.length > 19 * 60 * 2)
  t.same(shared(texts), [])
})
