/**
 * All conditions, and how a composed one is read: `language=bn,format=agentic`. Parts are applied in
 * the order of the table whatever the order they are written in, so that one condition has one name.
 */
import { didYouMean, nearest } from '../../did-you-mean.ts'
import type { Probe } from '../probe.ts'
import {
  type Applied,
  applied,
  type ConditionId,
  type ConditionKind,
  conditionIds,
  type Materials,
  type Transform,
} from './condition.ts'
import { decomposition } from './decomposition.ts'
import { depth } from './depth.ts'
import { format } from './format.ts'
import { framing } from './framing.ts'
import { language } from './language.ts'
import { manyShot } from './many-shot.ts'
import { scaffold } from './scaffold.ts'
import { suffix } from './suffix.ts'

const kinds: Readonly<Record<ConditionId, ConditionKind>> = {
  language,
  decomposition,
  framing,
  suffix,
  'many-shot': manyShot,
  depth,
  format,
  scaffold,
}

export interface Condition {
  /** One spelling: parts in the order of the table; `baseline` without any. */
  readonly key: string
  readonly parts: ReadonlyMap<ConditionId, string>
  apply(probe: Probe): Applied
}

/** Plain English chat. */
export const baseline: Condition = { key: 'baseline', parts: new Map(), apply: applied }

export type ReadCondition = { ok: true; condition: Condition } | { ok: false; reason: string }

export function readCondition(text: string, materials: Materials): ReadCondition {
  if (text.trim() === baseline.key) return { ok: true, condition: baseline }
  const parts = new Map<ConditionId, string>()
  const transforms = new Map<ConditionId, Transform>()
  for (const part of text.split(',').map((one) => one.trim())) {
    const [name = '', ...rest] = part.split('=')
    const value = rest.join('=')
    const id = conditionIds.find((known) => known === name)
    if (id === undefined) {
      const near = didYouMean(nearest(name, conditionIds))
      return {
        ok: false,
        reason: `no condition "${name}"; there are ${conditionIds.join(', ')}${near}`,
      }
    }
    if (parts.has(id)) return { ok: false, reason: `${id} is given twice` }
    const made = value === '' ? `must be ${kinds[id].values}` : kinds[id].create(value, materials)
    if (typeof made === 'string') return { ok: false, reason: `${part}: ${made}` }
    parts.set(id, value)
    transforms.set(id, made)
  }
  const order = conditionIds.filter((id) => parts.has(id))
  return {
    ok: true,
    condition: {
      key: order.map((id) => `${id}=${parts.get(id) ?? ''}`).join(','),
      parts,
      apply: (probe) =>
        compose(
          probe,
          order.flatMap((id) => transforms.get(id) ?? []),
        ),
    },
  }
}

function compose(probe: Probe, transforms: readonly Transform[]): Applied {
  let result = applied(probe)
  for (const transform of transforms) {
    if (!result.ok) return result
    result = transform(result.probe)
  }
  return result
}

/** What conditions accept, for help texts. */
export const conditionsText = (): string =>
  conditionIds.map((id) => `  ${id}=...`.padEnd(20) + kinds[id].values).join('\n')
