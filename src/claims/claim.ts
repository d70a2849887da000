/**
 * Claims as people write them, in YAML (docs/claims.md): what they want to say, at which level, and the
 * bound that makes it true or false. Every fault is named with its line.
 */

import {
  type Dimension,
  dimensions,
  type EvidenceLevel,
  evidenceLevels,
} from '../exchange/alignment.ts'
import { Fields } from '../probe/fields.ts'
import type { SuiteFault } from '../probe/suite-fault.ts'
import { readYamlFile } from '../probe/yaml-file.ts'

export type Bound =
  | { kind: 'difference'; to: string; atMost: number }
  | { kind: 'rate' | 'grade'; direction: 'at_least' | 'at_most'; value: number }

export interface Claim {
  name: string
  statement: string
  level: EvidenceLevel
  dimension: Dimension
  /** Undefined: what the kind of bound is read from by default. */
  measure: string | undefined
  condition: string
  bound: Bound
  /** As written. */
  boundText: string
  /** Undefined: of any. */
  model: string | undefined
  suite: string | undefined
}

export type ReadClaims = { ok: true; claims: Claim[] } | { ok: false; faults: SuiteFault[] }

const claimsMax = 1000

export function readClaims(path: string): ReadClaims {
  const faults: SuiteFault[] = []
  const node = readYamlFile(path, path, faults)
  const fields = node === undefined ? undefined : Fields.of(node, '', path, faults)
  if (fields === undefined) return { ok: false, faults }
  const entries = fields.subs('claims')
  if (entries.length === 0 && faults.length === 0) fields.fault('claims is missing or empty')
  if (entries.length > claimsMax) fields.fault(`more than ${claimsMax} claims`)
  const names = new Set<string>()
  const claims = entries.slice(0, claimsMax).flatMap((entry) => {
    const claim = readClaim(entry)
    if (claim === undefined) return []
    if (names.has(claim.name)) entry.fault(`there is a claim "${claim.name}" already`)
    names.add(claim.name)
    return claim
  })
  fields.end()
  return faults.length > 0 ? { ok: false, faults } : { ok: true, claims }
}

function readClaim(unnamed: Fields): Claim | undefined {
  const name = unnamed.string('id')
  const fields = unnamed.named(name ?? 'a claim')
  const statement = fields.string('statement')
  const level = fields.oneOf('level', evidenceLevels)
  const dimension = fields.oneOf('dimension', dimensions)
  const condition = fields.string('condition')
  const measure = fields.optionalString('measure')
  const model = fields.optionalString('model')
  const suite = fields.optionalString('suite')
  const boundText = fields.string('bound')
  const bound = boundText === undefined ? undefined : parseBound(boundText)
  if (boundText !== undefined && bound === undefined) {
    fields.fault(
      'bound must be as "difference to en <= 10 points", "rate >= 90 %" or "grade >= 1.5"',
      fields.lineOf('bound'),
    )
  }
  fields.end()
  if (name === undefined || statement === undefined || level === undefined) return undefined
  if (dimension === undefined || condition === undefined) return undefined
  if (bound === undefined || boundText === undefined) return undefined
  return { name, statement, level, dimension, measure, condition, bound, boundText, model, suite }
}

const number = String.raw`(\d{1,3}(?:\.\d{1,6})?)`
const difference = new RegExp(`^difference to (\\S{1,128}) <= ${number} points$`)
const rate = new RegExp(`^rate (>=|<=) ${number}( ?%)?$`)
const grade = new RegExp(`^grade (>=|<=) ${number}$`)

/** Undefined: it is none of the forms. */
export const parseBound = (text: string): Bound | undefined => {
  const plain = text.trim().replace(/\s+/g, ' ')
  const gap = difference.exec(plain)
  if (gap?.[1] !== undefined && gap[2] !== undefined) {
    const to = /^[a-z]{2,3}$/.test(gap[1]) ? `language=${gap[1]}` : gap[1]
    return { kind: 'difference', to, atMost: Number(gap[2]) }
  }
  for (const [kind, form] of [
    ['rate', rate],
    ['grade', grade],
  ] as const) {
    const found = form.exec(plain)
    if (found?.[2] === undefined) continue
    const value = Number(found[2]) / (found[3] === undefined ? 1 : 100)
    if (kind === 'rate' && value > 1) return undefined
    return { kind, direction: found[1] === '>=' ? 'at_least' : 'at_most', value }
  }
  return undefined
}
