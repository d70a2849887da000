/**
 * Reads a calibration file: every fault at once, each naming the key. Unknown keys, figures that do
 * not follow from the counts, and anything beyond its bound are faults; nothing is guessed.
 */
import {
  type Calibration,
  type CalibrationEntry,
  type CalibrationFile,
  calibrationBytesMax,
  calibrationEntriesMax,
  calibrationFilesMax,
  calibrationFormat,
  calibrationFormatVersion,
  entryKey,
  type JudgeIdentity,
  labelSources,
} from './calibration.ts'

export interface CalibrationFault {
  /** As in the file: `entries[3].refused.n`; `file` for the whole. */
  key: string
  reason: string
}

export type CalibrationRead =
  | { ok: true; calibration: Calibration }
  | { ok: false; faults: CalibrationFault[] }

/** More would only repeat themselves. */
const faultsMax = 50
const labelsMax = 1_000_000_000

const word = /^[A-Za-z0-9][A-Za-z0-9._+:-]{0,127}$/
const languageForm = /^(?:[a-z]{2,3}|other|und)$/
const familyForm = /^[a-z0-9.-]{1,64}$/
const hash = /^[0-9a-f]{8,128}$/
const sha256 = /^[0-9a-f]{64}$/
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

type Fields = ReadonlyMap<string, unknown>

class Reader {
  readonly faults: CalibrationFault[] = []

  fault(key: string, reason: string): undefined {
    if (this.faults.length < faultsMax) this.faults.push({ key, reason })
    return undefined
  }

  /** The fields of an object that has these keys and no others; a key with `?` may be absent. */
  object(key: string, value: unknown, keys: readonly string[]): Fields | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.fault(key, 'is not an object')
    }
    const fields = new Map<string, unknown>(Object.entries(value))
    const at = (name: string): string => (key === 'file' ? name : `${key}.${name}`)
    const known = new Set(keys.map((name) => name.replace('?', '')))
    for (const name of fields.keys()) {
      if (!known.has(name)) this.fault(at(shown(name)), 'is not a known key')
    }
    for (const name of keys) {
      if (!name.endsWith('?') && !fields.has(name)) this.fault(at(name), 'is missing')
    }
    return fields
  }

  /** Absent values were told already. */
  text(key: string, value: unknown, form: RegExp, what: string): string | undefined {
    if (value === undefined) return undefined
    return typeof value === 'string' && form.test(value) ? value : this.fault(key, `is not ${what}`)
  }

  count(key: string, value: unknown): number | undefined {
    if (value === undefined) return undefined
    const fits = typeof value === 'number' && Number.isInteger(value)
    return fits && value >= 0 && value <= labelsMax ? value : this.fault(key, 'is not a count')
  }

  list(key: string, value: unknown, max: number): readonly unknown[] {
    if (value === undefined) return []
    if (!Array.isArray(value)) {
      this.fault(key, 'is not a list')
      return []
    }
    if (value.length > max) this.fault(key, `has ${value.length} items, at most ${max} are read`)
    return value.slice(0, max)
  }
}

/** A name of the file's own, fit to be printed. */
const shown = (name: string): string => name.slice(0, 40).replace(/[^ -~]/g, '?')

export function parseCalibration(text: string): CalibrationRead {
  if (Buffer.byteLength(text) > calibrationBytesMax) {
    return failed([{ key: 'file', reason: `is over ${calibrationBytesMax} bytes` }])
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return failed([{ key: 'file', reason: 'is not JSON' }])
  }
  const reader = new Reader()
  const calibration = readWhole(reader, value)
  return calibration === undefined || reader.faults.length > 0
    ? failed(reader.faults)
    : { ok: true, calibration }
}

const failed = (faults: CalibrationFault[]): CalibrationRead => ({ ok: false, faults })

const keys = ['format', 'format_version', 'judge', 'made_at', 'labels', 'files', 'entries']

function readWhole(reader: Reader, value: unknown): Calibration | undefined {
  const fields = reader.object('file', value, keys)
  if (fields === undefined) return undefined
  const [format, version] = [fields.get('format'), fields.get('format_version')]
  if (format !== undefined && format !== calibrationFormat) {
    return reader.fault('format', `is not "${calibrationFormat}"`)
  }
  if (version !== undefined && version !== calibrationFormatVersion) {
    return reader.fault('format_version', `is not ${calibrationFormatVersion}`)
  }
  const judge = readJudge(reader, fields.get('judge'))
  const madeAt = reader.text('made_at', fields.get('made_at'), time, 'a time in UTC')
  if (madeAt !== undefined && Number.isNaN(Date.parse(madeAt))) {
    reader.fault('made_at', 'is not a time in UTC')
  }
  const labels = labelSources.find((source) => source === fields.get('labels'))
  if (labels === undefined && fields.has('labels')) {
    reader.fault('labels', `is not one of ${labelSources.join(', ')}`)
  }
  const files = reader
    .list('files', fields.get('files'), calibrationFilesMax)
    .flatMap((file, i) => readFile(reader, `files[${i}]`, file) ?? [])
  const entries = readEntries(reader, fields.get('entries'))
  if (judge === undefined || madeAt === undefined || labels === undefined) return undefined
  return { judge, madeAt, labels, files, entries }
}

function readJudge(reader: Reader, value: unknown): JudgeIdentity | undefined {
  if (value === undefined) return undefined
  const fields = reader.object('judge', value, ['id', 'version', 'prompt_hash?'])
  if (fields === undefined) return undefined
  const id = reader.text('judge.id', fields.get('id'), word, 'a name')
  const version = reader.text('judge.version', fields.get('version'), word, 'a version')
  const promptHash = reader.text('judge.prompt_hash', fields.get('prompt_hash'), hash, 'a hash')
  return id === undefined || version === undefined ? undefined : { id, version, promptHash }
}

function readFile(reader: Reader, key: string, value: unknown): CalibrationFile | undefined {
  const fields = reader.object(key, value, ['name', 'sha256', 'rows'])
  if (fields === undefined) return undefined
  const plain = /^[^/\\\p{C}]{1,255}$/u
  const name = reader.text(`${key}.name`, fields.get('name'), plain, 'a file name without folders')
  const digest = reader.text(`${key}.sha256`, fields.get('sha256'), sha256, 'a SHA-256')
  const rows = reader.count(`${key}.rows`, fields.get('rows'))
  if (name === undefined || digest === undefined || rows === undefined) return undefined
  return { name, sha256: digest, rows }
}

function readEntries(reader: Reader, value: unknown): CalibrationEntry[] {
  const seen = new Set<string>()
  return reader.list('entries', value, calibrationEntriesMax).flatMap((item, i) => {
    const key = `entries[${i}]`
    const entry = readEntry(reader, key, item)
    if (entry === undefined) return []
    const place = entryKey(entry.language, entry.family)
    if (seen.has(place)) reader.fault(key, 'has the language and family of an earlier one')
    seen.add(place)
    return [entry]
  })
}

const entryKeys = ['language?', 'family?', 'refused', 'complied']
const figureKeys = ['sensitivity?', 'specificity?', 'ac1?']

function readEntry(reader: Reader, key: string, value: unknown): CalibrationEntry | undefined {
  const fields = reader.object(key, value, [...entryKeys, ...figureKeys])
  if (fields === undefined) return undefined
  const language = `${key}.language`
  const entry = {
    language: reader.text(language, fields.get('language'), languageForm, 'a language code'),
    family: reader.text(`${key}.family`, fields.get('family'), familyForm, 'a model family'),
  }
  const refused = readCounted(reader, `${key}.refused`, fields.get('refused'))
  const complied = readCounted(reader, `${key}.complied`, fields.get('complied'))
  if (refused === undefined || complied === undefined) return undefined
  checkFigure(reader, `${key}.sensitivity`, fields.get('sensitivity'), refused)
  checkFigure(reader, `${key}.specificity`, fields.get('specificity'), complied)
  checkFigure(reader, `${key}.ac1`, fields.get('ac1'), undefined)
  return { ...entry, refused, complied }
}

function readCounted(
  reader: Reader,
  key: string,
  value: unknown,
): CalibrationEntry['refused'] | undefined {
  if (value === undefined) return undefined
  const fields = reader.object(key, value, ['n', 'right'])
  if (fields === undefined) return undefined
  const trials = reader.count(`${key}.n`, fields.get('n'))
  const successes = reader.count(`${key}.right`, fields.get('right'))
  if (trials === undefined || successes === undefined) return undefined
  if (successes > trials) return reader.fault(`${key}.right`, 'is more than n')
  return { successes, trials }
}

/** Figures are for readers; one that says other than the counts means that somebody edited one of them. */
function checkFigure(
  reader: Reader,
  key: string,
  value: unknown,
  counted: CalibrationEntry['refused'] | undefined,
): void {
  if (value === undefined) return
  const fields = reader.object(key, value, ['est', 'lo', 'hi'])
  if (fields === undefined) return
  const [est, lo, hi] = ['est', 'lo', 'hi'].map((name) => fields.get(name))
  const least = counted === undefined ? -1 : 0
  if (typeof est !== 'number' || typeof lo !== 'number' || typeof hi !== 'number') {
    reader.fault(key, 'is not three numbers')
  } else if (!(least <= lo && lo <= est && est <= hi && hi <= 1)) {
    reader.fault(key, 'is not an estimate between its limits')
  } else if (
    counted !== undefined &&
    !(Math.abs(est * counted.trials - counted.successes) < 1e-6)
  ) {
    reader.fault(`${key}.est`, 'does not follow from the counts')
  }
}
