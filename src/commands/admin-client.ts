/** Asks a running holdfast on its admin port: where it is, the operator's token, and what it answers. */
import { readFileSync } from 'node:fs'
import { codeOf, type Fault } from '../error.ts'

export interface AdminAddress {
  /** Base URL of the admin port. */
  admin: string
  token: string
}

export type AdminAnswer = { ok: true; body: unknown } | { ok: false; reason: string }

export const adminDefault = 'http://127.0.0.1:9464'
const deadlineMs = 10_000

/** `--token-file`, else HOLDFAST_OPERATOR_TOKEN_FILE. */
export function readAdminAddress(
  values: { admin?: string | undefined; 'token-file'?: string | undefined },
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; address: AdminAddress } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const admin = values.admin ?? adminDefault
  if (!URL.canParse(admin) || !/^https?:$/.test(new URL(admin).protocol)) {
    faults.push({ key: '--admin', reason: 'is not an http or https URL' })
  }
  const file = values['token-file'] ?? env['HOLDFAST_OPERATOR_TOKEN_FILE']
  let token = ''
  if (file === undefined) {
    faults.push({
      key: '--token-file',
      reason: 'is missing: the file that operator.token_file of the running holdfast names',
    })
  } else {
    try {
      token = readFileSync(file, 'latin1').replace(/[\r\n]+$/, '')
    } catch (error) {
      const reason = `names a file that cannot be read (${codeOf(error) ?? 'unknown error'})`
      faults.push({ key: '--token-file', reason })
    }
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, address: { admin, token } }
}

/** What /metrics says, which needs no token. */
export async function scrapeAdmin(
  admin: string,
): Promise<{ ok: true; text: string } | { ok: false; reason: string }> {
  try {
    const signal = AbortSignal.timeout(deadlineMs)
    const response = await fetch(new URL('/metrics', admin), { redirect: 'error', signal })
    const text = await response.text()
    return response.ok
      ? { ok: true, text }
      : { ok: false, reason: `${admin} answered ${response.status} to a scrape` }
  } catch (error) {
    return { ok: false, reason: unreached(admin, error) }
  }
}

const unreached = (admin: string, error: unknown): string => {
  const cause = error instanceof Error ? (codeOf(error.cause) ?? codeOf(error)) : undefined
  return `${admin} does not answer (${cause ?? 'no connection'})`
}

export async function askAdmin(
  { admin, token }: AdminAddress,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<AdminAnswer> {
  let response: Response
  try {
    response = await fetch(new URL(path, admin), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    })
  } catch (error) {
    return { ok: false, reason: unreached(admin, error) }
  }
  const text = await response.text().catch(() => '')
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return { ok: false, reason: `${admin} answered ${response.status} without JSON` }
  }
  if (response.ok) return { ok: true, body: answer }
  const reason = new Map(Object.entries(answer ?? {})).get('reason')
  return {
    ok: false,
    reason: typeof reason === 'string' ? reason : `${admin} answered ${response.status}`,
  }
}
