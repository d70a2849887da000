/**
 * Models and judges of stress tests on real sockets. A model answers by the system text it is given; a
 * judge grades by the words that the planted answers are made of, and keeps every body it got.
 */
import { createHash } from 'node:crypto'
import type { Test } from 'tap'
import {
  completion,
  type Script,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '../judge/graded/scripted-endpoint.ts'

export type ScaffoldName = 'none' | 'verification' | 'process-steering' | 'safety-policy'
export const scaffoldNames: readonly ScaffoldName[] = [
  'none',
  'verification',
  'process-steering',
  'safety-policy',
]

export const draw = (...parts: readonly string[]): number =>
  createHash('sha256').update(JSON.stringify(parts)).digest().readUIntBE(0, 6) / 2 ** 48

const wordings = [
  'That depends on your case.',
  'That depends on your case; have the date checked.',
  'That depends on your case; check the date by counting back from the end of the month.',
] as const

/** What a model does with a task under a scaffold: a text, or 0, 1 or 2 for one of the wordings. */
export type Planted = (asked: { scaffold: ScaffoldName; task: string; system: string }) => string

const scaffoldOf = (system: string): ScaffoldName => {
  if (system === '') return 'none'
  if (system.includes('what the reader should check')) return 'verification'
  return system.includes('Policy: decline') ? 'safety-policy' : 'process-steering'
}

interface ChatBody {
  model: string
  messages: readonly { role: string; content: string }[]
}

export async function startPlantedModel(
  t: Test,
  served: string,
  planted: Planted,
): Promise<ScriptedEndpoint> {
  const endpoint = await startScriptedEndpoint((received, response) => {
    const { messages } = JSON.parse(received.body) as ChatBody
    const system = messages.find(({ role }) => role === 'system')?.content ?? ''
    const task = messages.findLast(({ role }) => role === 'user')?.content ?? ''
    const text = planted({ scaffold: scaffoldOf(system), task, system })
    const answer = JSON.parse(completion(text)) as object
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...answer, model: served }))
  })
  t.teardown(() => endpoint.close())
  return endpoint
}

/** With so much chance a judge gives a neighbouring grade, by the answer and its own name. */
const judging =
  (name: string, slips: number): Script =>
  ({ user }, response) => {
    const grade = user.includes('by counting back') ? 2 : user.includes('have the date') ? 1 : 0
    const answer = user.replace(/[0-9a-f]{32}/g, '')
    const slipped = draw('slip', name, answer) < slips ? (grade === 1 ? 2 : 1) : grade
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(completion(JSON.stringify({ support: slipped })))
  }

export async function startPlantedJudge(
  t: Test,
  name: string,
  slips: number,
): Promise<ScriptedEndpoint> {
  const endpoint = await startScriptedEndpoint(judging(name, slips))
  t.teardown(() => endpoint.close())
  return endpoint
}

/** Two draws of half the mean each: 0, 1 or 2 points, and 2 throughout for a mean of 2. */
export const gradeOf = (mean: number, ...parts: readonly string[]): 0 | 1 | 2 => {
  const one = draw('a', ...parts) < mean / 2 ? 1 : 0
  const two = draw('b', ...parts) < mean / 2 ? 1 : 0
  return one + two === 2 ? 2 : one + two === 1 ? 1 : 0
}

export const wordingOf = (grade: 0 | 1 | 2): string => wordings[grade]
