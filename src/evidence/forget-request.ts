/**
 * What is to be forgotten, as a file in the folder: a writer that sees one drops what it has of it in
 * its queue and seals its segment, so that `forget` may rewrite it. Both look at the same folder and
 * need no other way to each other.
 */
export const subjectFields = ['user', 'tenant', 'conversation'] as const
export type SubjectField = (typeof subjectFields)[number]

export interface Subject {
  field: SubjectField
  /** Keyed hash, as records hold it. */
  key: string
}

export interface ForgetRequest {
  /** What was made later is a new acquaintance. */
  at: number
  subjects: Subject[]
}

const nameForm = /^forget-[0-9a-f]{16}\.request$/
const requestVersion = 1
const subjectsMax = 64

export const isRequestFile = (name: string): boolean => nameForm.test(name)
export const requestFile = (id: string): string => `forget-${id}.request`

export const requestText = ({ at, subjects }: ForgetRequest): string =>
  `${JSON.stringify({ v: requestVersion, at: new Date(at).toISOString(), subjects })}\n`

/** Undefined: not written by `forget`. */
export function readRequest(text: string): ForgetRequest | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const fields = fieldsOf(value)
  const at = Date.parse(String(fields.get('at')))
  const listed = fields.get('subjects')
  if (fields.get('v') !== requestVersion || Number.isNaN(at) || !Array.isArray(listed)) {
    return undefined
  }
  const subjects = listed.slice(0, subjectsMax).flatMap(readSubject)
  return subjects.length === listed.length ? { at, subjects } : undefined
}

function readSubject(value: unknown): Subject[] {
  const fields = fieldsOf(value)
  const field = subjectFields.find((name) => name === fields.get('field'))
  const key = fields.get('key')
  return field === undefined || typeof key !== 'string' || key === '' ? [] : [{ field, key }]
}

/** Of any record, of this version or another: whatever names the subject is of it. */
export const isOfSubject = (record: unknown, subjects: readonly Subject[]): boolean => {
  const fields = fieldsOf(record)
  return subjects.some(({ field, key }) => fields.get(field) === key)
}

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
