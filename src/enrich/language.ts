/**
 * The language of one text among the served ones. Script first, then eld for the 60 languages it
 * knows, then franc, never bare: only the served languages and those they are mistaken for are
 * candidates. Promise: what is not clear is `und`, what is clearly not served is `other`; a text
 * is never forced into a served language. Figures: docs/languages.md.
 */
import { eld } from 'eld/small'
import { francAll } from 'franc'
import type { LanguageMethod } from '../exchange/language-method.ts'
import { otherLanguage, undeterminedLanguage } from '../exchange/stratum.ts'
import { eldLanguages, iso3Of, languageOfScript, type SharedScript } from './language-codes.ts'
import { markerShare } from './marker-words.ts'
import { dominantScript, lettersOf, type Script, type ScriptCount } from './script.ts'

/** UTF-16 units looked at; more does not make a decision better, only slower. */
export const detectedCharactersMax = 600

export interface LanguageDecision {
  /** A served ISO 639-1 code, `other` or `und`. */
  language: string
  method: LanguageMethod
  /** In [0, 1]; comparable within one method. 0 when abstained. */
  confidence: number
  /** Weighted letters the decision rests on. */
  letters: number
}

export interface LanguageDetector {
  detect(text: string): LanguageDecision
}

/**
 * Fitted on one half of the labelled rows (docs/languages.md). eld's score separates languages it
 * knows (median .80 on 40 characters) from those it does not (.33-.39).
 */
const thresholds = {
  eldAccept: 0.6,
  eldAgree: 0.5,
  francMargin: 0.02,
  francLetters: 12,
  /** How much an unserved candidate must be ahead of a served one to win. */
  servedPrior: 0.02,
  markerWeight: 0.6,
  lettersMin: 2,
}

/** Languages eld does not know, under the one it takes them for. */
const mistakenFor: Readonly<Record<string, readonly string[]>> = {
  ms: ['id', 'jv', 'su'],
  hi: ['ne', 'mr'],
  mr: ['ne', 'hi'],
  nl: ['af'],
  tr: ['uz'],
  az: ['uz'],
  es: ['gl'],
  pt: ['gl'],
  hr: ['bs'],
  sr: ['mk', 'bs'],
  bg: ['mk'],
  fa: ['ps'],
  ur: ['ps'],
}

/** Candidates beside the served ones when eld knows none: what they are mistaken for. */
const unknownNeighbours: Readonly<Record<SharedScript, readonly string[]>> = {
  latin: ['id', 'ms', 'su', 'jv', 'sw', 'zu', 'xh', 'ha', 'so', 'ig', 'sn', 'uz', 'rw', 'ny', 'tl'],
  cyrillic: ['kk', 'ky', 'mn', 'mk', 'tg', 'tt'],
  arabic: ['ps', 'ug'],
  devanagari: ['hi', 'mr', 'ne'],
}

const sharedScripts: readonly SharedScript[] = ['latin', 'cyrillic', 'arabic', 'devanagari']
const asShared = (script: Script): SharedScript | undefined =>
  sharedScripts.find((shared) => shared === script)

/** Every language a detector can be made for. */
export const detectableLanguages: ReadonlySet<string> = new Set([
  ...Object.values(languageOfScript),
  ...sharedScripts.flatMap((script) => [...eldLanguages[script], ...Object.keys(iso3Of[script])]),
])

interface Candidate {
  language: string
  score: number
}

/** Throws on a language that nothing here can tell: configuration is checked before. */
export const createLanguageDetector = (options: {
  served: readonly string[]
}): LanguageDetector => {
  for (const language of options.served) {
    if (!detectableLanguages.has(language)) {
      throw new RangeError(`language ${language} cannot be detected`)
    }
  }
  const served = new Set(options.served)
  const perScript = new Map<SharedScript, ScriptRules>()
  for (const script of sharedScripts) perScript.set(script, rulesFor(script, served))
  return {
    detect: (text) => {
      const cut = text.slice(0, detectedCharactersMax).normalize('NFC')
      const count = dominantScript(cut)
      if (count.letters < thresholds.lettersMin) return abstained(count)
      const shared = asShared(count.script)
      const rules = shared === undefined ? undefined : perScript.get(shared)
      if (shared === undefined || rules === undefined) return byScript(count, served)
      if (!rules.anyServed) return decided(otherLanguage, 'script', count.share, count)
      return withinScript(lettersOf(cut, shared), count, rules, served)
    },
  }
}

interface ScriptRules {
  script: SharedScript
  anyServed: boolean
  /** Candidates of franc when eld is unsure. */
  candidates: readonly string[]
  served: ReadonlySet<string>
}

const rulesFor = (script: SharedScript, served: ReadonlySet<string>): ScriptRules => {
  const known = new Set([...eldLanguages[script], ...Object.keys(iso3Of[script])])
  const here = [...known].filter((language) => served.has(language))
  const candidates = new Set([...here, ...unknownNeighbours[script]])
  return { script, anyServed: here.length > 0, candidates: [...candidates], served }
}

const byScript = (count: ScriptCount, served: ReadonlySet<string>): LanguageDecision => {
  const language = languageOfScript[count.script]
  if (language === undefined) return abstained(count)
  const named = served.has(language) ? language : otherLanguage
  return decided(named, 'script', count.share, count)
}

const withinScript = (
  letters: string,
  count: ScriptCount,
  rules: ScriptRules,
  served: ReadonlySet<string>,
): LanguageDecision => {
  const [best, second] = eldRanking(letters)
  const named = (language: string): string => (served.has(language) ? language : otherLanguage)
  if (best !== undefined && best.score >= thresholds.eldAccept) {
    const rivals = mistakenFor[best.language] ?? []
    const refereed = [best.language, ...rivals].some((language) => served.has(language))
    if (rivals.length === 0 || !refereed) {
      return decided(named(best.language), 'eld', best.score, count)
    }
    return referee(letters, [best.language, ...rivals], rules, count)
  }
  return unsure(letters, best, second, rules, count)
}

/** eld is sure of the family and not of the member. */
const referee = (
  letters: string,
  members: readonly string[],
  rules: ScriptRules,
  count: ScriptCount,
): LanguageDecision => {
  const [first, second] = francRanking(letters, members, rules)
  if (first === undefined) return abstained(count)
  const margin = first.score - (second?.score ?? 0)
  const named = rules.served.has(first.language) ? first.language : otherLanguage
  return decided(named, 'franc', Math.min(1, 0.5 + margin * 2), count)
}

const unsure = (
  letters: string,
  best: Candidate | undefined,
  _second: Candidate | undefined,
  rules: ScriptRules,
  count: ScriptCount,
): LanguageDecision => {
  if (count.letters < thresholds.francLetters) return abstained(count)
  const [first, second] = francRanking(letters, rules.candidates, rules)
  if (first === undefined) return abstained(count)
  const margin = first.score - (second?.score ?? 0)
  const eldKnows = eldLanguages[rules.script].includes(first.language)
  const named = rules.served.has(first.language) ? first.language : otherLanguage
  if (!eldKnows && margin >= thresholds.francMargin) {
    return decided(named, 'franc', Math.min(1, 0.5 + margin * 2), count)
  }
  if (best?.language === first.language && best.score >= thresholds.eldAgree) {
    return decided(named, 'agreement', best.score, count)
  }
  return abstained(count)
}

const eldRanking = (letters: string): Candidate[] => {
  const ranking: Candidate[] = []
  for (const [language, score] of Object.entries(eld.detect(letters).getScores())) {
    if (ranking.length === 2) break
    ranking.push({ language, score })
  }
  return ranking
}

const francRanking = (
  letters: string,
  members: readonly string[],
  rules: ScriptRules,
): Candidate[] => {
  const languageOf = new Map<string, string>()
  for (const language of members) {
    const code = iso3Of[rules.script][language]
    if (code !== undefined) languageOf.set(code, language)
  }
  const tokens = letters.toLowerCase().split(' ')
  const ranking: Candidate[] = []
  for (const [code, score] of francAll(letters, { only: [...languageOf.keys()], minLength: 1 })) {
    const language = languageOf.get(code)
    if (language === undefined) continue
    const prior = rules.served.has(language) ? thresholds.servedPrior : 0
    const markers = thresholds.markerWeight * markerShare(language, tokens)
    ranking.push({ language, score: score + prior + markers })
  }
  return ranking.sort((a, b) => b.score - a.score)
}

const decided = (
  language: string,
  method: LanguageMethod,
  confidence: number,
  count: ScriptCount,
): LanguageDecision => ({ language, method, confidence, letters: count.letters })

const abstained = (count: ScriptCount): LanguageDecision =>
  decided(undeterminedLanguage, 'abstained', 0, count)
