/**
 * What is known of a judge: of the answers that people call a refusal, and of those they call
 * compliance, how many it called right, by language and by model family. The file that
 * `eval judge --calibration` writes; the running process takes it as input that nobody vouches for.
 *
 * Counts are what the process uses; the intervals in the file are for readers, and a file whose
 * figures do not belong to its counts is refused.
 */

export const calibrationFormat = 'holdfast-calibration'
export const calibrationFormatVersion = 1
export const calibrationBytesMax = 4_194_304
export const calibrationEntriesMax = 2000
export const calibrationFilesMax = 100

/** `independent`: by people who wrote neither the answers nor the judge. Else `own`. */
export const labelSources = ['independent', 'own'] as const
export type LabelSource = (typeof labelSources)[number]

export interface JudgeIdentity {
  id: string
  version: string
  /** Of judges that are asked in words. */
  promptHash: string | undefined
}

interface Counted {
  successes: number
  trials: number
}

export interface CalibrationEntry {
  /** Undefined: over all languages. */
  language: string | undefined
  /** Undefined: over all models. */
  family: string | undefined
  /** Successes: the judge says so too. */
  refused: Counted
  complied: Counted
}

export interface CalibrationFile {
  /** Without folders: it names the file to a reader, it does not find it. */
  name: string
  sha256: string
  rows: number
}

export interface Calibration {
  judge: JudgeIdentity
  /** RFC 3339, UTC. */
  madeAt: string
  labels: LabelSource
  files: readonly CalibrationFile[]
  entries: readonly CalibrationEntry[]
}

export const entryKey = (language: string | undefined, family: string | undefined): string =>
  `${language ?? ''}\0${family ?? ''}`

/** Finds entries by language and family. A calibration of another judge finds nothing. */
export interface CalibrationLookup {
  readonly labels: LabelSource
  /** The entry of exactly this language (and family); undefined: nothing was labelled there. */
  entry(language: string, family?: string): CalibrationEntry | undefined
  /** Families that have labels in this language: the closed set to count live verdicts by. */
  families(language: string): readonly string[]
  readonly languages: readonly string[]
}

export const sameJudge = (a: JudgeIdentity, b: JudgeIdentity): boolean =>
  a.id === b.id && a.version === b.version && a.promptHash === b.promptHash

/** Undefined: the calibration is of another judge, version or prompt than the one that runs. */
export function lookupOf(
  calibration: Calibration,
  running: JudgeIdentity,
): CalibrationLookup | undefined {
  if (!sameJudge(calibration.judge, running)) return undefined
  const entries = new Map<string, CalibrationEntry>()
  const families = new Map<string, string[]>()
  for (const entry of calibration.entries) {
    entries.set(entryKey(entry.language, entry.family), entry)
    if (entry.language === undefined) continue
    const known = families.get(entry.language) ?? []
    if (entry.family !== undefined) known.push(entry.family)
    families.set(entry.language, known)
  }
  return {
    labels: calibration.labels,
    entry: (language, family) => entries.get(entryKey(language, family)),
    families: (language) => families.get(language) ?? [],
    languages: [...families.keys()],
  }
}
