/** The chat APIs that a judge can be reached by. */
import { anthropicWire } from './anthropic-wire.ts'
import { openaiWire } from './openai-wire.ts'
import type { Wire } from './wire.ts'

export const judgeApis = ['openai', 'anthropic'] as const
export type JudgeApi = (typeof judgeApis)[number]

export const wires: Readonly<Record<JudgeApi, Wire>> = {
  openai: openaiWire,
  anthropic: anthropicWire,
}
