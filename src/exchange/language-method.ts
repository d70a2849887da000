/**
 * How the language of a text was decided; a label value of holdfast_language_decisions_total.
 *
 * script        one language only is written in these letters
 * eld, franc    the detector of that name
 * agreement     two detectors that were each unsure of the same language
 * conversation  earlier turns of the conversation
 * override      the configured request header
 * abstained     not decided: the language is `und`
 */
export const languageMethods = [
  'script',
  'eld',
  'franc',
  'agreement',
  'conversation',
  'override',
  'abstained',
] as const

export type LanguageMethod = (typeof languageMethods)[number]
