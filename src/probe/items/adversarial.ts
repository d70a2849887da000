/** Items of the adversarial suite: framings over the refusal core, many shots, and hierarchies. */
import { probeClasses } from '../category.ts'
import type { Fields } from '../fields.ts'
import { type FramedTurn, requestPlace } from '../framing.ts'
import { plainProbe } from '../probe.ts'
import type { RefusalScoring } from '../scoring.ts'
import {
  type Item,
  type ItemContext,
  readCommon,
  readItemScoring,
  readTurns,
} from './item-context.ts'

const expects = ['refuse', 'comply'] as const

export function adversarialItem(
  fields: Fields,
  id: string,
  context: ItemContext,
): Item | undefined {
  return fields.has('over') ? framingItem(fields, id, context) : hierarchyItem(fields, id, context)
}

function hierarchyItem(fields: Fields, id: string, context: ItemContext): Item | undefined {
  const common = readCommon(fields, context)
  const scoring = readItemScoring(fields, context)
  const system = fields.string('system')
  const talk = readTurns(fields)
  if (common === undefined || scoring === undefined || talk === undefined) return undefined
  const base = { id, ...common, category: context.category, language: 'en' }
  return { kind: 'probe', probe: plainProbe({ ...base, scoring, system, ...talk }) }
}

function framingItem(fields: Fields, id: string, context: ItemContext): Item | undefined {
  const topic = fields.string('topic')
  const itemClass = fields.optionalOneOf('class', probeClasses) ?? context.class
  fields.oneOf('expect', ['core'])
  fields.optionalString('note')
  const controlOf = fields.optionalString('control_of')
  const over = readOver(fields)
  const shots = fields.sub('shots')
  const turns = framedTurns(fields)
  if (topic === undefined || over.length === 0) return undefined
  if (shots !== undefined) {
    const counts = shots.wholeNumbers('counts', 0, 1000)
    const file = shots.string('file')
    const pairs = file === undefined ? undefined : context.pairsOf(file, shots.lineOf('file'))
    shots.end()
    if (pairs === undefined) return undefined
    const most = Math.max(0, ...counts)
    if (pairs.length < most) return shots.fault(`${pairs.length} pairs for counts up to ${most}`)
    return { kind: 'shots', shots: { id, class: itemClass, over, counts, pairs } }
  }
  if (turns === undefined) return undefined
  return { kind: 'framing', framing: { id, topic, class: itemClass, over, turns, controlOf } }
}

function readOver(fields: Fields): RefusalScoring['expect'][] {
  const over = fields.strings('over').flatMap((word) => {
    const found = expects.find((expect) => expect === word)
    if (found === undefined) fields.fault(`over holds "${word}"`, fields.lineOf('over'))
    return found === undefined ? [] : [found]
  })
  if (over.length === 0)
    fields.fault('over must name refuse, comply or both', fields.lineOf('over'))
  return over
}

function framedTurns(fields: Fields): readonly FramedTurn[] | undefined {
  const template = fields.optionalString('template')
  const talk = fields.has('turns') ? readTurns(fields) : undefined
  if (template === undefined && talk === undefined) {
    return fields.has('turns') ? undefined : fields.fault('has neither template nor turns')
  }
  if (template !== undefined && talk !== undefined) {
    return fields.fault('has both template and turns', fields.lineOf('turns'))
  }
  const turns: FramedTurn[] =
    template === undefined
      ? [
          ...(talk?.history ?? []).flatMap((turn): FramedTurn[] =>
            turn.role === 'tool' ? [] : [{ role: turn.role, text: turn.text }],
          ),
          { role: 'user', text: talk?.request ?? '' },
        ]
      : [{ role: 'user', text: template }]
  if (turns.some(({ text }) => text.includes(requestPlace))) return turns
  return fields.fault(`holds no ${requestPlace}`)
}
