/** The closed label sets by which behaviour is counted: language x depth x format. */

/** Depth: user turns in the history, the current one included. */
export const depthBuckets = ['1', '2-4', '5-9', '10-19', '20+'] as const
export type DepthBucket = (typeof depthBuckets)[number]

/** chat; agentic: tools offered or called; structured: schema-bound output. */
export const formats = ['chat', 'agentic', 'structured'] as const
export type Format = (typeof formats)[number]

/** The live cell: what is compared alike. */
export const cells = formats.flatMap((format) =>
  depthBuckets.map((depth) => `${format}/${depth}` as const),
)
export type Cell = (typeof cells)[number]

/** Languages are ISO 639-1 codes of the served ones, plus these two. */
export const otherLanguage = 'other'
export const undeterminedLanguage = 'und'

/** The 19 languages holdfast knows phrase sets for. */
export const coreLanguages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'ro',
  'tr',
  'bn',
  'sw',
  'zu',
  'th',
  'jv',
  'zh',
  'ja',
  'ar',
  'hi',
  'vi',
  'ko',
] as const
export type CoreLanguage = (typeof coreLanguages)[number]

/** Every language that figures are kept of: the served ones, and the two that stand for the rest. */
export const countedLanguages = (served: readonly string[]): ReadonlySet<string> =>
  new Set([...served, otherLanguage, undeterminedLanguage])
