/** The language of what a person wrote in one turn, code and quotations around it set aside. */
import { undeterminedLanguage } from '../exchange/stratum.ts'
import { detectedCharactersMax, type LanguageDecision, type LanguageDetector } from './language.ts'
import { lastSegment, naturalLines } from './natural-language.ts'

/** What is quoted stands before what is asked: the last segment decides, else the whole text. */
export const turnLanguage = (text: string, detector: LanguageDetector): LanguageDecision => {
  const decision = detector.detect(lastSegment(text))
  if (decision.language !== undeterminedLanguage) return decision
  return detector.detect(naturalLines(text).join('\n').slice(-detectedCharactersMax))
}
