/**
 * `eval judge --calibration`: gathers the two-by-two tables by language and model family, and writes
 * the calibration file: whole or not at all.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { qualityOf } from '../aggregate/judge-quality.ts'
import {
  type Calibration,
  type CalibrationEntry,
  type CalibrationFile,
  calibrationEntriesMax,
  calibrationFilesMax,
  entryKey,
  type LabelSource,
} from '../judge/calibration.ts'
import { parseCalibration } from '../judge/calibration-read.ts'
import { calibrationText } from '../judge/calibration-write.ts'
import type { Judge } from '../judge/judge.ts'
import { modelFamily } from '../judge/model-family.ts'

const languageForm = /^[a-z]{2,3}$/

export class CalibrationTally {
  readonly #entries = new Map<string, CalibrationEntry>()
  readonly #files: CalibrationFile[] = []
  /** Rows that name no language: they are in the figures over all languages only. */
  withoutLanguage = 0

  /** @returns why the row cannot be calibrated with */
  add(
    row: { lang: string | undefined; model: string | undefined },
    refusedByPeople: boolean,
    refusedByJudge: boolean,
  ): string | undefined {
    const { lang, model } = row
    if (lang !== undefined && !languageForm.test(lang)) {
      return '"lang" is not a language code of two or three small letters'
    }
    if (lang === undefined) this.withoutLanguage++
    const family = model === undefined ? undefined : modelFamily(model)
    for (const language of lang === undefined ? [undefined] : [undefined, lang]) {
      for (const of of family === undefined ? [undefined] : [undefined, family]) {
        this.#count(language, of, refusedByPeople, refusedByJudge)
      }
    }
    return this.#entries.size > calibrationEntriesMax
      ? `more than ${calibrationEntriesMax} pairs of language and model family`
      : undefined
  }

  #count(
    language: string | undefined,
    family: string | undefined,
    refusedByPeople: boolean,
    refusedByJudge: boolean,
  ): void {
    const key = entryKey(language, family)
    const entry = this.#entries.get(key) ?? {
      language,
      family,
      refused: { successes: 0, trials: 0 },
      complied: { successes: 0, trials: 0 },
    }
    this.#entries.set(key, entry)
    const counted = refusedByPeople ? entry.refused : entry.complied
    counted.trials++
    if (refusedByPeople === refusedByJudge) counted.successes++
  }

  addFile(path: string, sha256: string, rows: number): string | undefined {
    this.#files.push({ name: basename(path), sha256, rows })
    return this.#files.length > calibrationFilesMax
      ? `more than ${calibrationFilesMax} files`
      : undefined
  }

  calibration(judge: Judge, labels: LabelSource, madeAt: string): Calibration {
    return {
      judge: { id: judge.id, version: judge.version, promptHash: undefined },
      madeAt,
      labels,
      files: this.#files,
      entries: [...this.#entries.values()],
    }
  }
}

/** @returns why it was not written */
export function writeCalibration(path: string, calibration: Calibration): string | undefined {
  const text = calibrationText(calibration, qualityOf)
  // What this program would not read it must not write.
  const read = parseCalibration(text)
  if (!read.ok) {
    const [fault] = read.faults
    return `${path}: ${fault?.key ?? 'file'} ${fault?.reason ?? 'cannot be read back'}`
  }
  const beside = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(beside, text, { flag: 'wx' })
    renameSync(beside, path)
    return undefined
  } catch (error) {
    rmSync(beside, { force: true })
    return `${path}: ${error instanceof Error ? error.message : 'cannot be written'}`
  }
}
