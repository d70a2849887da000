/** What is sent and what the upstream answers; both sides of the bench read it from here. */

export interface Workload {
  name: string
  path: string
  requestBytes: number
  /** 0: one JSON answer of 1.5 KB; otherwise so many server-sent events. */
  events: number
  connections: number
}

export const workloads: readonly Workload[] = [
  {
    name: 'JSON 1 KB',
    path: '/v1/chat/completions',
    requestBytes: 1024,
    events: 0,
    connections: 32,
  },
  {
    name: 'SSE 200 events',
    path: '/v1/chat/completions',
    requestBytes: 1024,
    events: 200,
    connections: 32,
  },
  {
    name: 'request 200 KB',
    path: '/v1/chat/completions',
    requestBytes: 204_800,
    events: 0,
    connections: 8,
  },
]

const sentence = 'The quick brown fox jumps over the lazy dog near the river bank. '

/** A chat completion request of about `bytes` bytes. */
export function requestBody({ requestBytes, events }: Workload): string {
  const frame = JSON.stringify({
    model: 'bench',
    stream: events > 0,
    messages: [{ role: 'user', content: '' }],
  })
  const filler = sentence.repeat(Math.ceil(requestBytes / sentence.length))
  return frame.replace(
    '"content":""',
    `"content":"${filler.slice(0, requestBytes - frame.length)}"`,
  )
}

export const jsonAnswer = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1,
  model: 'bench',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: sentence.repeat(20) },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 10, completion_tokens: 300, total_tokens: 310 },
})

export const sseEvent = (content: string, last: boolean): string =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'bench',
    choices: [{ index: 0, delta: { content }, finish_reason: last ? 'stop' : null }],
  })}\n\n`
