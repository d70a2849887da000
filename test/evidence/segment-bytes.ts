/** Segments for tests, as bytes: seeded records of many sizes behind one head. */
import { encodeFrame } from '../../src/evidence/frame.ts'
import type { ExchangeRecord } from '../../src/evidence/record.ts'
import { segmentHead } from '../../src/evidence/segment.ts'

export const at = Date.parse('2026-03-01T12:00:00.000Z')

export const exchangeRecord = (n: number, more: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  v: 1,
  id: `0000000a-${n.toString(36)}`,
  at: new Date(at + n * 1000).toISOString(),
  kind: 'exchange',
  source: 'live',
  language: 'de',
  set: 'unclassified',
  verdict: 'refused',
  confidence: 0.9,
  judge: 'lexical',
  judge_version: '1',
  detectors: ['unclear_rate', 'refusal_gap'],
  started_at: new Date(at + n * 1000 - 500).toISOString(),
  protocol: 'openai_chat',
  route: 'default',
  status: 200,
  streamed: false,
  model: 'model-a',
  language_method: 'eld',
  answer_language: 'de',
  depth: '1',
  human_turns: 1,
  format: 'chat',
  conversation: 'c'.repeat(32),
  conversation_source: 'first_turn',
  provider_refusals: [],
  turns: 1,
  prompt_chars: 40,
  answer_chars: 60,
  reasoning_chars: 0,
  tools_offered: 0,
  tool_calls: 0,
  request_bytes: 200,
  response_bytes: 300,
  first_byte_ms: 1,
  duration_ms: 2,
  largest_gap_ms: 0,
  ...more,
})

export const frameOf = (value: object): Buffer => {
  const frame = encodeFrame(value)
  if (frame === undefined) throw new Error('larger than a record may be')
  return frame
}

export const segmentOf = (values: readonly object[], createdAt = at): Buffer =>
  Buffer.concat([
    segmentHead({ createdAt, writer: '0000000a', sequence: 0 }),
    ...values.map(frameOf),
  ])
