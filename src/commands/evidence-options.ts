/** The arguments of `holdfast evidence`: which folder, which records, whom to forget. */
import { parseArgs } from 'node:util'
import { loadConfig } from '../config/load.ts'
import { readSecret } from '../config/secret-files.ts'
import { conversationKeysOf, userKeysOf } from '../enrich/known-identity.ts'
import { codeOf, type Fault, messageOf } from '../error.ts'
import type { EvidenceFilter } from '../evidence/filter.ts'
import type { Subject } from '../evidence/forget-request.ts'
import { detectorMetrics } from '../exchange/detector-metric.ts'
import { evidenceKinds } from '../exchange/evidence.ts'
import { verdictClasses } from '../exchange/verdict.ts'
import { tenantKeys } from '../stages/evidence-records.ts'
import type { CommandIo } from './command.ts'

export const filterHelp = `  --from TIME, --to TIME     as 2026-01-31T00:00:00Z; the end is not included
  --kind KIND                ${evidenceKinds.join(', ')}
  --language CODE            of the last user turn
  --verdict CLASS            ${verdictClasses.join(', ')}
  --set SET                  should_refuse, benign, unsure, unclassified
  --model NAME               that answered, or was asked for
  --judge ID
  --detector METRIC[:LANGUAGE[:SET]]
                             the exchanges that count for a detector, and its episodes; of a gap
                             both sides, the language and English
  --user KEY, --tenant KEY, --conversation KEY, --trace ID
  --user-id ID, --tenant-id NAME, --conversation-id ID
                             the same by name; needs the secret of the configuration
  --limit N`

export const folderHelp = `  --folder FOLDER       evidence.folder of the configuration
  --config FILE         take the folder and the secret from this configuration
  --secret-file FILE    identity.secret_file of the configuration`

const text = { type: 'string' } as const
const options = {
  folder: text,
  config: text,
  'secret-file': text,
  from: text,
  to: text,
  kind: text,
  language: text,
  verdict: text,
  set: text,
  model: text,
  judge: text,
  detector: text,
  user: text,
  tenant: text,
  conversation: text,
  trace: text,
  'user-id': text,
  'tenant-id': text,
  'conversation-id': text,
  limit: text,
  json: { type: 'boolean' },
} as const

export type OptionName = keyof typeof options
export const folderOptions: readonly OptionName[] = ['folder', 'config', 'secret-file', 'json']
export const subjectOptions: readonly OptionName[] = [
  'user',
  'tenant',
  'conversation',
  'user-id',
  'tenant-id',
  'conversation-id',
]

type Values = { [name in OptionName]?: string | boolean | undefined }

export interface EvidenceArguments {
  folder: string
  filter: EvidenceFilter
  /** Of every option that names somebody. */
  subjects: Subject[]
  limit: number | undefined
  json: boolean
  words: string[]
}

type Read = { ok: true; given: EvidenceArguments } | { ok: false; faults: Fault[] }

export function readEvidenceArguments(
  args: readonly string[],
  allowed: ReadonlySet<OptionName>,
  env: CommandIo['env'],
): Read {
  let values: Values
  let words: string[]
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true })
    values = parsed.values
    words = parsed.positionals
  } catch (error) {
    return { ok: false, faults: [{ key: 'arguments', reason: messageOf(error) }] }
  }
  const faults: Fault[] = []
  const names = Object.keys(options).filter((name): name is OptionName => name in options)
  for (const name of names) {
    if (values[name] === undefined || allowed.has(name)) continue
    faults.push({ key: `--${name}`, reason: 'is no option of this command' })
  }
  const word = (name: OptionName): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const place = placeOf(word, env, faults)
  const subjects = subjectsOf(word, place.secret, faults)
  const filter = filterOf(word, faults)
  const limit = word('limit')
  if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit)) {
    faults.push({ key: '--limit', reason: 'must be a whole number from 1 on' })
  }
  if (faults.length > 0 || place.folder === undefined) return { ok: false, faults }
  return {
    ok: true,
    given: {
      folder: place.folder,
      filter,
      subjects,
      limit: limit === undefined ? undefined : Number(limit),
      json: values.json === true,
      words,
    },
  }
}

type Word = (name: OptionName) => string | undefined

/** Flags, then the environment, then the configuration. */
function placeOf(
  word: Word,
  env: CommandIo['env'],
  faults: Fault[],
): { folder: string | undefined; secret: () => Uint8Array | undefined } {
  let folder = word('folder') ?? env['HOLDFAST_EVIDENCE_FOLDER']
  let secretFile = word('secret-file') ?? env['HOLDFAST_IDENTITY_SECRET_FILE']
  const config = word('config') ?? env['HOLDFAST_CONFIG']
  if (config !== undefined && (folder === undefined || secretFile === undefined)) {
    const loaded = loadConfig({ args: ['--config', config], env })
    if (loaded.ok) {
      folder ??= loaded.config.evidence.folder
      secretFile ??= loaded.config.identity.secretFile
    } else faults.push(...loaded.faults)
  }
  if (folder === undefined && faults.length === 0) {
    const reason = 'is missing: the evidence.folder of the configuration; or name --config'
    faults.push({ key: '--folder', reason })
  }
  return {
    folder,
    secret() {
      if (secretFile === undefined) {
        const reason = 'is missing: records hold keyed hashes of names; or name --config'
        faults.push({ key: '--secret-file', reason })
        return undefined
      }
      const read = readSecret(secretFile)
      if (read.ok) return read.value
      faults.push({ key: '--secret-file', reason: read.reason })
      return undefined
    },
  }
}

function subjectsOf(word: Word, secret: () => Uint8Array | undefined, faults: Fault[]): Subject[] {
  const subjects: Subject[] = []
  for (const field of ['user', 'tenant', 'conversation'] as const) {
    const key = word(field)
    if (key !== undefined) subjects.push({ field, key })
    const id = word(`${field}-id`)
    const bytes = id === undefined ? undefined : secret()
    if (id === undefined || bytes === undefined) continue
    if (id.trim() === '') faults.push({ key: `--${field}-id`, reason: 'is empty' })
    else subjects.push(...keysOf[field](bytes, id).map((one) => ({ field, key: one })))
  }
  return subjects
}

const keysOf = {
  user: userKeysOf,
  tenant: (secret: Uint8Array, id: string) => [tenantKeys(secret)(id)],
  conversation: conversationKeysOf,
}

function filterOf(word: Word, faults: Fault[]): EvidenceFilter {
  const time = (name: 'from' | 'to'): number | undefined => {
    const given = word(name)
    if (given === undefined) return undefined
    const ms = /^\d{4}-\d{2}-\d{2}/.test(given) ? Date.parse(given) : Number.NaN
    if (!Number.isNaN(ms)) return ms
    faults.push({ key: `--${name}`, reason: 'is not a time as 2026-01-31T00:00:00Z' })
    return undefined
  }
  const oneOf = <T extends string>(name: OptionName, all: readonly T[]): T | undefined => {
    const given = word(name)
    const found = all.find((one) => one === given)
    if (given === undefined || found !== undefined) return found
    faults.push({ key: `--${name}`, reason: `must be one of ${all.join(', ')}` })
    return undefined
  }
  const kind = oneOf('kind', evidenceKinds)
  return {
    from: time('from'),
    to: time('to'),
    kinds: kind === undefined ? undefined : [kind],
    language: word('language'),
    verdict: oneOf('verdict', verdictClasses),
    set: word('set'),
    model: word('model'),
    judge: word('judge'),
    traceId: word('trace'),
    detector: detectorOf(word('detector'), faults),
  }
}

function detectorOf(given: string | undefined, faults: Fault[]): EvidenceFilter['detector'] {
  if (given === undefined) return undefined
  const [name, language, set] = given.split(':')
  const metric = detectorMetrics.find((one) => one === name)
  if (metric !== undefined) return { metric, language, set }
  faults.push({ key: '--detector', reason: `must begin with one of ${detectorMetrics.join(', ')}` })
  return undefined
}

/** Of a fault of the disk, in words. */
export const diskFault = (folder: string, error: unknown): string =>
  `${folder} cannot be read or written (${codeOf(error) ?? messageOf(error)})`
