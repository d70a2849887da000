/**
 * The text of a calibration file: stable order, one entry a line, so that two files can be compared
 * by eye and by diff. What it writes is what calibration-read.ts reads.
 */
import {
  type Calibration,
  type CalibrationEntry,
  calibrationFormat,
  calibrationFormatVersion,
  entryKey,
} from './calibration.ts'

export interface Figure {
  est: number
  lo: number
  hi: number
}

/** The figures of an entry, computed by the caller; undefined where nothing is known. */
export interface EntryFigures {
  sensitivity: Figure | undefined
  specificity: Figure | undefined
  ac1: Figure | undefined
}

export function calibrationText(
  calibration: Calibration,
  figures: (entry: CalibrationEntry) => EntryFigures,
): string {
  const { judge, files } = calibration
  const head = {
    format: calibrationFormat,
    format_version: calibrationFormatVersion,
    judge: { id: judge.id, version: judge.version, prompt_hash: judge.promptHash },
    made_at: calibration.madeAt,
    labels: calibration.labels,
    files: files.map(({ name, sha256, rows }) => ({ name, sha256, rows })),
  }
  const entries = [...calibration.entries]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((entry) => `    ${JSON.stringify(entryFields(entry, figures(entry)))}`)
  const opening = JSON.stringify(head, undefined, 2).replace(/\n\}$/, '')
  const list = entries.length === 0 ? '[]' : `[\n${entries.join(',\n')}\n  ]`
  return `${opening},\n  "entries": ${list}\n}\n`
}

const keyOf = (entry: CalibrationEntry): string => entryKey(entry.language, entry.family)

const entryFields = (entry: CalibrationEntry, figures: EntryFigures): object => ({
  language: entry.language,
  family: entry.family,
  refused: { n: entry.refused.trials, right: entry.refused.successes },
  complied: { n: entry.complied.trials, right: entry.complied.successes },
  ...figures,
})
