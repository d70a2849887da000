/**
 * What the profile, claims and reports are made from, as options of the command line: read, checked, and
 * each with the hash of its bytes. Every fault is told with the option that it came by.
 */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { readClaims } from '../claims/claim.ts'
import { loadConfig } from '../config/load.ts'
import type { Config } from '../config/schema.ts'
import { codeOf, type Fault } from '../error.ts'
import { readEvidence } from '../evidence/read.ts'
import type { EvidenceRecord } from '../evidence/record.ts'
import type { Calibration } from '../judge/calibration.ts'
import { readCalibrationFile } from '../judge/calibration-file.ts'
import { readRun } from '../probe/run-record.ts'
import { suiteFaultText } from '../probe/suite-fault.ts'
import { readInteractionScrape } from '../profile/interaction-scrape.ts'
import { readProfile } from '../profile/profile-file.ts'
import type { InputFile, ReportInput } from '../report/report-input.ts'
import { decodeSnapshot } from '../state/snapshot-format.ts'
import {
  type History,
  type HistorySettings,
  historyTicksMax,
  joinHistories,
  readHistory,
  readHistoryJson,
} from '../watch/history.ts'
import { askAdmin, readAdminAddress, scrapeAdmin } from './admin-client.ts'
import type { CommandIo } from './command.ts'

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
  --admin URL           live traffic: the admin port of a running holdfast, with --token-file
  --token-file FILE     what its operator.token_file names; or HOLDFAST_OPERATOR_TOKEN_FILE
  --history FILE        live traffic: an answer of GET /history, saved
  --run FILE            a file of holdfast probe run --out; may be repeated
  --profile FILE        rows of holdfast profile --json or holdfast stress --json; may be repeated
  --calibration FILE    what is known of a judge (holdfast eval judge --calibration); may be repeated
  --evidence FOLDER     evidence.folder: starts of the monitor, deployments, pins`

export type ReadInputs = { ok: true; input: ReportInput } | { ok: false; faults: Fault[] }

const bytesMax = 1_073_741_824
const hourMs = 3_600_000
/** Before the period: a baseline, a change and an episode may have begun there. */
const leadMs = 40 * 24 * hourMs

class Inputs {
  readonly faults: Fault[] = []
  readonly files: InputFile[] = []

  fault(key: string, reason: string): undefined {
    this.faults.push({ key, reason })
    return undefined
  }

  bytes(option: string, path: string, holds: string): Buffer | undefined {
    try {
      if (statSync(path).size > bytesMax)
        return this.fault(option, `${path}: over ${bytesMax} bytes`)
      const bytes = readFileSync(path)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      this.files.push({ name: basename(path), sha256, holds })
      return bytes
    } catch (error) {
      return this.fault(option, `${path}: cannot be read (${codeOf(error) ?? 'unknown error'})`)
    }
  }
}

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
      rows,
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

async function fromAdmin(
  inputs: Inputs,
  values: InputValues,
  [from, to]: readonly [number | undefined, number | undefined],
  io: CommandIo,
): Promise<ReportInput['history']> {
  const access = readAdminAddress(values, io.env)
  if (!access.ok) {
    inputs.faults.push(...access.faults)
    return undefined
  }
  if (from === undefined || to === undefined) {
    return inputs.fault('arguments', '--admin needs --from and --to')
  }
  const pages: History[] = []
  const digest = createHash('sha256')
  const ask = async (start: number, end: number): Promise<History | undefined> => {
    const query = `from=${new Date(start).toISOString()}&to=${new Date(end).toISOString()}`
    const answer = await askAdmin(access.address, 'GET', `/history?${query}`)
    if (!answer.ok) return inputs.fault('--admin', answer.reason)
    const page = readHistoryJson(answer.body)
    if (page === undefined) return inputs.fault('--admin', 'answered with no history')
    digest.update(JSON.stringify(answer.body))
    return page
  }
  // The first page says how long a tick is.
  const probe = await ask(to - 1, to - 1)
  if (probe === undefined) return undefined
  const { tickMs } = probe.settings
  const span = historyTicksMax * tickMs
  const begin = Math.floor((from - leadMs) / tickMs) * tickMs
  for (let start = begin; start < to; start += span) {
    const page = await ask(start, Math.min(start + span - tickMs, to - 1))
    if (page === undefined) return undefined
    pages.push(page)
  }
  const history = joinHistories(pages)
  if (history === undefined) return undefined
  const name = new URL(access.address.admin).host
  const holds = 'the history of live traffic'
  inputs.files.push({ name, sha256: digest.digest('hex'), holds })
  return { history, origin: name }
}

/** Asked last: of a process that has told its history. */
async function interactionOf(
  inputs: Inputs,
  admin: string | undefined,
  history: ReportInput['history'],
): Promise<ReportInput['interaction']> {
  if (admin === undefined || history === undefined) return undefined
  const scrape = await scrapeAdmin(admin)
  if (!scrape.ok) return inputs.fault('--admin', scrape.reason)
  const read = readInteractionScrape(scrape.text)
  if (!read.ok) return inputs.fault('--admin', `/metrics of ${admin} ${read.reason}`)
  const { counts } = read
  const name = `${new URL(admin).host}/metrics`
  const sha256 = createHash('sha256').update(JSON.stringify(counts)).digest('hex')
  inputs.files.push({ name, sha256, holds: 'turns of conversations since the process started' })
  return { counts, origin: `${name}: since the process started` }
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
