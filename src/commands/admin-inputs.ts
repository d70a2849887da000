/** What a running holdfast tells of itself: its history page by page, its turns, its scheduled runs. */
import { createHash } from 'node:crypto'
import { readInteractionScrape } from '../profile/interaction-scrape.ts'
import { profileText, readProfileJson } from '../profile/profile-file.ts'
import type { ProfileRow } from '../profile/row.ts'
import type { ReportInput } from '../report/report-input.ts'
import { type History, historyTicksMax, joinHistories, readHistoryJson } from '../watch/history.ts'
import { askAdmin, readAdminAddress, scrapeAdmin } from './admin-client.ts'
import type { CommandIo } from './command.ts'
import { type Inputs, leadMs } from './inputs.ts'

export interface AdminValues {
  admin?: string
  'token-file'?: string
}

export async function fromAdmin(
  inputs: Inputs,
  values: AdminValues,
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
export async function interactionOf(
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

/** Of a process that has told its history: rows of scheduled runs that ended in the period. */
export async function scheduledRows(
  inputs: Inputs,
  values: AdminValues,
  [from, to]: readonly [number | undefined, number | undefined],
  history: ReportInput['history'],
  io: CommandIo,
): Promise<ProfileRow[]> {
  if (values.admin === undefined || history === undefined) return []
  const access = readAdminAddress(values, io.env)
  if (!access.ok) return []
  const answer = await askAdmin(access.address, 'GET', '/profile')
  if (!answer.ok) {
    inputs.fault('--admin', `GET /profile: ${answer.reason}`)
    return []
  }
  const read = readProfileJson(answer.body)
  if (!read.ok) {
    inputs.fault('--admin', `GET /profile ${read.reason}`)
    return []
  }
  const rows = read.rows.filter(({ source, window }) => {
    const end = Date.parse(window?.to ?? '')
    return source.kind === 'probe' && end > (from ?? 0) && end <= (to ?? Number.POSITIVE_INFINITY)
  })
  if (rows.length > 0) {
    const sha256 = createHash('sha256').update(profileText(rows)).digest('hex')
    const name = `${new URL(access.address.admin).host}/profile`
    inputs.files.push({ name, sha256, holds: 'rows of scheduled runs' })
  }
  return rows
}
