/**
 * What the profile, claims and reports are made from, as options of the command line: read, checked, and
 * each with the hash of its bytes. Every fault is told with the option that it came by.
 */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { readClaims } from '../claims/claim.ts'
import { loadConfig } from '../config/load.ts'
import type { Config } from '../config/schema.ts'
import type { Fault } from '../error.ts'
import { readEvidence } from '../evidence/read.ts'
import type { EvidenceRecord } from '../evidence/record.ts'
import type { Calibration } from '../judge/calibration.ts'
import { readCalibrationFile } from '../judge/calibration-file.ts'
import { readRun } from '../probe/run-record.ts'
import { suiteFaultText } from '../probe/suite-fault.ts'
import { readProfile } from '../profile/profile-file.ts'
import type { ReportInput } from '../report/report-input.ts'
import { decodeSnapshot } from '../state/snapshot-format.ts'
import { type HistorySettings, readHistory, readHistoryJson } from '../watch/history.ts'
import { fromAdmin, interactionOf, scheduledRows } from './admin-inputs.ts'
import type { CommandIo } from './command.ts'
import { Inputs, leadMs } from './inputs.ts'

export const inputOptions = {
  from: { type: 'string' },
  to: { type: 'string' },
  config: { type: 'string' },
  snapshot: { type: 'string' },
  history: { type: 'string' },
  admin: { type: 'string' },
  'token-file': { type: 'string' },
  run: { type: 'string', multiple: true },
  profile: { type: 'string', multiple: true },
  calibration: { type: 'string', multiple: true },
  claims: { type: 'string' },
  evidence: { type: 'string' },
} as const

export interface InputValues {
  from?: string
  to?: string
  config?: string
  snapshot?: string
  history?: string
  admin?: string
  'token-file'?: string
  run?: string[]
  profile?: string[]
  calibration?: string[]
  claims?: string
  evidence?: string
}

export const inputHelp = `  --from TIME --to TIME the period, as 2026-01-31T00:00:00Z; the end is not included
  --snapshot FILE       live traffic: the state.file of a single replica, with --config
  --config FILE         the configuration that it ran with
  --admin URL           live traffic and scheduled runs: the admin port of a running
                        holdfast, with --token-file
  --token-file FILE     what its operator.token_file names; or HOLDFAST_OPERATOR_TOKEN_FILE
  --history FILE        live traffic: an answer of GET /history, saved
  --run FILE            a file of holdfast probe run --out; may be repeated
  --profile FILE        rows of holdfast profile --json or holdfast stress --json; may be repeated
  --calibration FILE    what is known of a judge (holdfast eval judge --calibration); may be repeated
  --evidence FOLDER     evidence.folder: starts of the monitor, deployments, pins`

export type ReadInputs = { ok: true; input: ReportInput } | { ok: false; faults: Fault[] }

const hourMs = 3_600_000

const timeOf = (inputs: Inputs, option: string, value: string | undefined): number | undefined => {
  if (value === undefined) return undefined
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? inputs.fault(option, 'is no time as 2026-01-31T00:00:00Z') : ms
}

export async function readInputs(
  values: InputValues,
  command: string,
  io: CommandIo,
): Promise<ReadInputs> {
  const inputs = new Inputs()
  const from = timeOf(inputs, '--from', values.from)
  const to = timeOf(inputs, '--to', values.to)
  if (from !== undefined && to !== undefined && from >= to) {
    inputs.fault('--to', 'is not after --from')
  }
  const history = await readLive(inputs, values, from, to, io)
  const interaction = await interactionOf(inputs, values.admin, history)
  const runs: ReportInput['runs'][number][] = []
  for (const path of values.run ?? []) {
    if (inputs.bytes('--run', path, 'a run of probes') === undefined) continue
    const read = await readRun(path, io.signal)
    if (!read.ok) inputs.fault('--run', read.reason)
    else runs.push({ ...read.record, file: basename(read.record.file) })
  }
  const rows = (values.profile ?? []).flatMap((path) => {
    const bytes = inputs.bytes('--profile', path, 'rows of a profile')
    const read = bytes === undefined ? undefined : readProfile(bytes.toString())
    if (read?.ok === false) inputs.fault('--profile', `${path}: ${read.reason}`)
    return read?.ok === true ? read.rows : []
  })
  const scheduled = await scheduledRows(inputs, values, [from, to], history, io)
  const claims = claimsOf(inputs, values.claims)
  const evidence = await evidenceOf(inputs, values.evidence, from, to)
  const calibrations = calibrationsOf(inputs, values.calibration ?? [])
  if (inputs.faults.length > 0) return { ok: false, faults: inputs.faults }
  const ticks = history?.history
  const { tickMs } = ticks?.settings ?? { tickMs: hourMs }
  const [first, last] = [ticks?.records[0]?.tick ?? 0, ticks?.records.at(-1)?.tick ?? -1]
  return {
    ok: true,
    input: {
      from: from ?? first * tickMs,
      to: to ?? (last + 1) * tickMs,
      files: inputs.files,
      history,
      interaction,
      runs,
      rows: [...rows, ...scheduled],
      calibrations,
      claims,
      evidence,
      command,
    },
  }
}

function claimsOf(inputs: Inputs, path: string | undefined): ReportInput['claims'] {
  if (path === undefined || inputs.bytes('--claims', path, 'claims') === undefined) return []
  const read = readClaims(path)
  if (read.ok) return read.claims
  for (const fault of read.faults) inputs.fault('--claims', suiteFaultText(fault))
  return []
}

function calibrationsOf(inputs: Inputs, paths: readonly string[]): Calibration[] {
  return paths.flatMap((path) => {
    if (inputs.bytes('--calibration', path, 'a calibration') === undefined) return []
    const read = readCalibrationFile(path)
    if (read.ok) return read.calibration
    for (const { key, reason } of read.faults) {
      inputs.fault('--calibration', `${path}: ${key} ${reason}`)
    }
    return []
  })
}

async function evidenceOf(
  inputs: Inputs,
  folder: string | undefined,
  from: number | undefined,
  to: number | undefined,
): Promise<EvidenceRecord[] | undefined> {
  if (folder === undefined) return undefined
  const kinds = ['baseline', 'deployment', 'monitor', 'episode'] as const
  const records: EvidenceRecord[] = []
  const digest = createHash('sha256')
  for await (const record of readEvidence({
    folder,
    from,
    to,
    kinds,
    onFault({ file, code }) {
      inputs.fault('--evidence', `${file ?? folder}: cannot be read (${code})`)
    },
  })) {
    records.push(record)
    digest.update(`${JSON.stringify(record)}\n`)
  }
  const holds = `${records.length} records of the monitor`
  inputs.files.push({ name: basename(folder), sha256: digest.digest('hex'), holds })
  return records
}

async function readLive(
  inputs: Inputs,
  values: InputValues,
  from: number | undefined,
  to: number | undefined,
  io: CommandIo,
): Promise<ReportInput['history']> {
  const named = [values.snapshot, values.history, values.admin].filter((one) => one !== undefined)
  if (named.length > 1) {
    return inputs.fault('arguments', 'give one of --snapshot, --history and --admin')
  }
  if (values.snapshot !== undefined) {
    return await fromSnapshot(inputs, values.snapshot, values.config, [from, to], io)
  }
  if (values.history !== undefined) return fromFile(inputs, values.history)
  if (values.admin !== undefined) return await fromAdmin(inputs, values, [from, to], io)
  return undefined
}

const settingsOf = ({ drift, languages, judge }: Config): HistorySettings => ({
  tickMs: drift.tickMs,
  detectorsMax: drift.detectorsMax,
  falsePages: drift.falsePages,
  episodeQuietTicks: drift.episodeQuietTicks,
  nulls: {
    gap: drift.gapNull,
    refusalLevel: drift.refusalReference,
    overRefusal: drift.overRefusalReference,
    unclear: drift.unclearReference,
    flip: drift.flipReference,
  },
  languages: languages.served,
  requestSets: judge.requestSets,
})

async function fromSnapshot(
  inputs: Inputs,
  path: string,
  config: string | undefined,
  [from, to]: readonly [number | undefined, number | undefined],
  io: CommandIo,
): Promise<ReportInput['history']> {
  if (config === undefined) {
    return inputs.fault('--config', 'is needed with --snapshot: ticks and nulls stand in it')
  }
  inputs.bytes('--config', config, 'the configuration')
  const loaded = loadConfig({ args: ['--config', config], env: io.env })
  if (!loaded.ok) {
    inputs.faults.push(...loaded.faults)
    return undefined
  }
  const bytes = inputs.bytes('--snapshot', path, 'the state of a replica')
  if (bytes === undefined) return undefined
  const snapshot = decodeSnapshot(bytes)
  if (snapshot === undefined) return inputs.fault('--snapshot', `${path}: is no whole snapshot`)
  const values = new Map(
    snapshot.entries.flatMap(({ key, content }) =>
      typeof content === 'string' ? [[key, content] as const] : [],
    ),
  )
  const settings = settingsOf(loaded.config)
  const { tickMs } = settings
  const ticks = [...values.keys()].flatMap((key) => /^drift:history:(-?\d+)$/.exec(key)?.[1] ?? [])
  const oldest = Math.min(...ticks.map(Number))
  if (!Number.isFinite(oldest)) {
    return inputs.fault('--snapshot', `${path}: holds no tick: drift.history_days keeps them`)
  }
  const first = from === undefined ? oldest : Math.max(oldest, Math.floor((from - leadMs) / tickMs))
  const last = to === undefined ? undefined : Math.ceil(to / tickMs) - 1
  const read = await readHistory(
    {
      read: async (keys) => ({
        ok: true,
        value: new Map(
          keys.flatMap((key) => {
            const value = values.get(key)
            return value === undefined ? [] : [[key, value] as const]
          }),
        ),
      }),
    },
    settings,
    { from: first, to: last },
  )
  if (!read.ok) return inputs.fault('--snapshot', `${path}: cannot be read (${read.error})`)
  return { history: read.history, origin: basename(path) }
}

function fromFile(inputs: Inputs, path: string): ReportInput['history'] {
  const bytes = inputs.bytes('--history', path, 'the history of live traffic')
  if (bytes === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(bytes.toString())
  } catch {
    return inputs.fault('--history', `${path}: is not JSON`)
  }
  const history = readHistoryJson(value)
  if (history === undefined)
    return inputs.fault('--history', `${path}: is no answer of GET /history`)
  return { history, origin: basename(path) }
}

/** Arguments as they can be typed again. */
export const typed = (args: readonly string[], without: readonly string[]): string => {
  const kept: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (without.some((option) => arg === option)) i++
    else if (!without.some((option) => arg.startsWith(`${option}=`))) kept.push(arg)
  }
  return kept
    .map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`))
    .join(' ')
}
