/**
 * The language of one text among the served ones. Script first, then eld for the 60 languages it
 * knows, then franc, never bare: only the served languages and those they are mistaken for are
 * candidates. Promise: what is not clear is `und`, what is clearly not served is `other`; a text
 * is never forced into a served language. Figures: docs/languages.md.
 */
import { eld } from 'eld/extrasmall'
import { francAll } from 'franc'
import type { LanguageMethod } from '../exchange/language-method.ts'
import { otherLanguage, undeterminedLanguage } from '../exchange/stratum.ts'
import {
  detectableLanguages,
  eldLanguages,
  iso3Of,
  languageOfScript,
  type SharedScript,
  sharedScripts,
} from './language-codes.ts'
import { markerHits } from './marker-words.ts'
import { dominantScript, lettersOf, type Script, type ScriptCount } from './script.ts'

/** UTF-16 units looked at; more does not make a decision better, only slower. */
export const detectedCharactersMax = 600
/** franc's cost grows with the text, its answer on 300 letters is that on 600 (measured). */
const francCharactersMax = 300

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
  /** An ideograph is more than this, two Latin letters are nothing. */
  lettersMin: 2,
  sharedScriptLettersMin: 4,
  /** Single words: "hello" scores .72 as Italian. */
  wordLetters: 8,
  eldAcceptWord: 0.82,
  eldAccept: 0.6,
  /** The same for text of fewer than `shortLetters`. */
  eldAcceptShort: 0.68,
  shortLetters: 20,
  /** Below this, eld's answer stands only if franc clearly prefers no language that eld lacks. */
  eldSure: 0.7,
  eldAgree: 0.5,
  challengeMargin: 0.08,
  challengeMarkers: 2,
  refereeLetters: 8,
  refereeMargin: 0.01,
  francLetters: 12,
  /** Lead that franc needs with function words on its side, and without. */
  francMargin: 0.02,
  francMarginUnmarked: 0.04,
  /** How far an unserved candidate must be ahead of a served one to win: close ones, remote ones. */
  closePrior: 0.02,
  remotePrior: 0.06,
  /** franc stretches its scores on short text; with this many letters a lead counts half. */
  francHalfLetters: 30,
  markerWeight: 0.6,
}

/** Languages under the one that eld takes them for, sure of itself. */
const mistakenFor: Readonly<Record<string, readonly string[]>> = {
  ms: ['id', 'jv', 'su'],
  hi: ['ne', 'mr'],
  mr: ['ne', 'hi'],
  nl: ['af'],
  es: ['gl'],
  pt: ['gl'],
  hr: ['bs'],
  sr: ['mk', 'bs'],
  bg: ['mk'],
  fa: ['ps'],
  ur: ['ps'],
}

/** Unserved candidates beside the served ones that eld lacks: close to one of them, or remote. */
const closeNeighbours: Readonly<Record<SharedScript, readonly string[]>> = {
  latin: ['id', 'ms', 'su', 'xh'],
  cyrillic: ['mk'],
  arabic: ['ps'],
  devanagari: ['hi', 'mr', 'ne'],
}
const remoteNeighbours: Readonly<Record<SharedScript, readonly string[]>> = {
  latin: ['ha', 'so', 'ig', 'sn', 'uz', 'rw', 'ny', 'tl'],
  cyrillic: ['kk', 'ky', 'mn', 'tg', 'tt'],
  arabic: ['ug'],
  devanagari: [],
}

const asShared = (script: Script): SharedScript | undefined =>
  sharedScripts.find((shared) => shared === script)

interface Candidate {
  language: string
  score: number
  /** Function words of the language in the text. */
  markers: number
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
      if (count.letters < thresholds.sharedScriptLettersMin) return abstained(count)
      if (!rules.anyServed) return decided(otherLanguage, 'script', count.share, count)
      return withinScript(lettersOf(cut, shared), count, rules)
    },
  }
}

interface ScriptRules {
  script: SharedScript
  anyServed: boolean
  /** Candidates of franc when eld is unsure. */
  candidates: readonly string[]
  /** Those of them that eld lacks. */
  lackedByEld: readonly string[]
  served: ReadonlySet<string>
}

const rulesFor = (script: SharedScript, served: ReadonlySet<string>): ScriptRules => {
  const known = new Set([...eldLanguages[script], ...Object.keys(iso3Of[script])])
  const here = [...known].filter((language) => served.has(language))
  const neighbours = [...closeNeighbours[script], ...remoteNeighbours[script]]
  const candidates = [...new Set([...here, ...neighbours])]
  const lackedByEld = candidates.filter((language) => !eldLanguages[script].includes(language))
  return { script, anyServed: here.length > 0, candidates, lackedByEld, served }
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
): LanguageDecision => {
  const best = eldBest(letters)
  if (best === undefined || best.score < eldAcceptFor(count.letters)) {
    return unsure(letters, best, rules, count)
  }
  const rivals = mistakenFor[best.language] ?? []
  if (rivals.some((language) => rules.served.has(language)) || rules.script === 'devanagari') {
    const sure = best.score >= thresholds.eldSure
    return referee(letters, sure ? [best.language, ...rivals] : rules.candidates, rules, count)
  }
  if (best.score < thresholds.eldSure) {
    const challenged = challenge(letters, best, rules, count)
    if (challenged !== undefined) return challenged
  }
  return decided(named(best.language, rules), 'eld', best.score, count)
}

const eldAcceptFor = (letters: number): number => {
  if (letters < thresholds.wordLetters) return thresholds.eldAcceptWord
  return letters < thresholds.shortLetters ? thresholds.eldAcceptShort : thresholds.eldAccept
}

const named = (language: string, rules: ScriptRules): string =>
  rules.served.has(language) ? language : otherLanguage

/** eld is sure of the family and cannot know the member. */
const referee = (
  letters: string,
  members: readonly string[],
  rules: ScriptRules,
  count: ScriptCount,
): LanguageDecision => {
  if (count.letters < thresholds.refereeLetters) return abstained(count)
  const { first, lead } = francLead(francRanking(letters, members, rules), rules)
  if (first === undefined || lead < thresholds.refereeMargin) return abstained(count)
  return byFranc(first, lead, rules, count)
}

/** A served language that eld lacks can look like one it has. */
const challenge = (
  letters: string,
  best: Candidate,
  rules: ScriptRules,
  count: ScriptCount,
): LanguageDecision | undefined => {
  const ranking = francRanking(letters, [best.language, ...rules.lackedByEld], rules)
  const { first, lead } = francLead(ranking, rules)
  if (first === undefined || !rules.served.has(first.language)) return undefined
  if (first.language === best.language || first.markers < thresholds.challengeMarkers) {
    return undefined
  }
  const defender = ranking.find((candidate) => candidate.language === best.language)
  if (first.score - (defender?.score ?? 0) < thresholds.challengeMargin) return undefined
  return byFranc(first, lead, rules, count)
}

const unsure = (
  letters: string,
  best: Candidate | undefined,
  rules: ScriptRules,
  count: ScriptCount,
): LanguageDecision => {
  if (count.letters < thresholds.francLetters) return abstained(count)
  const ranking = francRanking(letters, rules.candidates, rules)
  const { first, rival, lead } = francLead(ranking, rules)
  if (first === undefined) return abstained(count)
  const eldKnows = eldLanguages[rules.script].includes(first.language)
  if (!eldKnows && lead >= leadNeeded(first, rival, rules)) {
    return byFranc(first, lead, rules, count)
  }
  if (best?.language === first.language && best.score >= thresholds.eldAgree) {
    return decided(named(first.language, rules), 'agreement', best.score, count)
  }
  return abstained(count)
}

interface Lead {
  first: Candidate | undefined
  /** The best candidate that would lead to another decision: two unserved ones are both `other`. */
  rival: Candidate | undefined
  lead: number
}

const francLead = (ranking: readonly Candidate[], rules: ScriptRules): Lead => {
  const [first] = ranking
  if (first === undefined) return { first, rival: undefined, lead: 0 }
  const decision = named(first.language, rules)
  const rival = ranking.find(({ language }) => named(language, rules) !== decision)
  return { first, rival, lead: first.score - (rival?.score ?? 0) }
}

const leadNeeded = (first: Candidate, rival: Candidate | undefined, rules: ScriptRules): number => {
  // Between neighbours the prior has already favoured the served one.
  if (rival !== undefined && closeNeighbours[rules.script].includes(rival.language)) {
    return thresholds.refereeMargin
  }
  return first.markers > 0 ? thresholds.francMargin : thresholds.francMarginUnmarked
}

const byFranc = (
  { language }: Candidate,
  lead: number,
  rules: ScriptRules,
  count: ScriptCount,
): LanguageDecision => decided(named(language, rules), 'franc', Math.min(1, 0.5 + lead * 2), count)

const eldBest = (letters: string): Candidate | undefined => {
  const result = eld.detect(letters)
  const score = result.getScores()[result.language]
  return score === undefined ? undefined : { language: result.language, score, markers: 0 }
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
  const sample = letters.slice(0, francCharactersMax)
  const tokens = sample.toLowerCase().split(' ')
  const only = [...languageOf.keys()]
  const shrink = sample.length / (sample.length + thresholds.francHalfLetters)
  const ranking: Candidate[] = []
  for (const [code, score] of francAll(sample, { only, minLength: 1 })) {
    const language = languageOf.get(code)
    if (language === undefined) continue
    const remote = remoteNeighbours[rules.script].includes(language)
    const prior = rules.served.has(language)
      ? thresholds.remotePrior
      : remote
        ? 0
        : thresholds.remotePrior - thresholds.closePrior
    const markers = markerHits(language, tokens)
    const markerShare = markers / tokens.length
    const evidence = score * shrink + prior + thresholds.markerWeight * markerShare
    ranking.push({ language, score: evidence, markers })
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
