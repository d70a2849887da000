/** The rows of the profile as the monitor thread tells them, within a deadline. */
import { type ProfileRequest, readProfileJson } from '../../profile/profile-file.ts'
import type { ProfileRow } from '../../profile/row.ts'
import type { OperatorAnswer } from '../../watch/operator.ts'

export type ProfileView =
  | { kind: 'rows'; rows: readonly ProfileRow[] }
  /** Nothing is kept over time: detectors are switched off. */
  | { kind: 'off' }
  | { kind: 'silent'; reason: string }

/** A week of ticks is read for it, so it is given more time than the figures of other pages. */
const deadlineDefaultMs = 3000

/** Many readers share one question. */
export function createProfileReader(
  ask: (request: ProfileRequest) => Promise<OperatorAnswer>,
  deadlineMs = deadlineDefaultMs,
): () => Promise<ProfileView> {
  let running: Promise<ProfileView> | undefined
  return () => {
    running ??= within(deadlineMs, read(ask)).finally(() => {
      running = undefined
    })
    return running
  }
}

async function read(
  ask: (request: ProfileRequest) => Promise<OperatorAnswer>,
): Promise<ProfileView> {
  const answer = await ask({ kind: 'profile' })
  if (!answer.ok) {
    return answer.failure === 'not_found'
      ? { kind: 'off' }
      : { kind: 'silent', reason: answer.reason }
  }
  const profile = readProfileJson(answer.body)
  return profile.ok
    ? { kind: 'rows', rows: profile.rows }
    : { kind: 'silent', reason: 'the answer is no profile' }
}

async function within(deadlineMs: number, view: Promise<ProfileView>): Promise<ProfileView> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<ProfileView>((resolve) => {
    const told = { kind: 'silent', reason: 'no answer in time' } as const
    timer = setTimeout(() => resolve(told), deadlineMs)
  })
  try {
    const failed = { kind: 'silent', reason: 'the question failed' } as const
    return await Promise.race([view.catch(() => failed), late])
  } finally {
    clearTimeout(timer)
  }
}
