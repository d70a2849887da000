/** Event streams of the three APIs in the shape they really have, with text that is not ASCII. */

export type Api = 'chat' | 'responses' | 'messages'

export const apis: readonly Api[] = ['chat', 'responses', 'messages']

export const apiPath: Record<Api, string> = {
  chat: '/v1/chat/completions',
  responses: '/v1/responses',
  messages: '/v1/messages',
}

const pieces = ['Здравствуйте', '，世界', ' 🌍 ', 'naïve café', ' \u2028 ', 'ok.']

const asEvent = (name: string | undefined, data: unknown): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`

/** One event per array element, LF line ends. */
export const streamEvents: Record<Api, readonly string[]> = {
  chat: [
    ...pieces.map((content) =>
      asEvent(undefined, {
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'sim',
        choices: [{ index: 0, delta: { content }, finish_reason: null }],
      }),
    ),
    'data: [DONE]\n\n',
  ],
  responses: [
    asEvent('response.created', { type: 'response.created', response: { id: 'resp_1' } }),
    ...pieces.map((delta) =>
      asEvent('response.output_text.delta', { type: 'response.output_text.delta', delta }),
    ),
    asEvent('response.completed', { type: 'response.completed', response: { id: 'resp_1' } }),
  ],
  messages: [
    asEvent('message_start', { type: 'message_start', message: { id: 'msg_1' } }),
    ': keep-alive\n\n',
    ...pieces.map((text) =>
      asEvent('content_block_delta', {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text },
      }),
    ),
    asEvent('message_stop', { type: 'message_stop' }),
  ],
}

export function requestBody(api: Api, stream: boolean): string {
  const messages = [{ role: 'user', content: 'Скажи «привет» и 你好 🙂' }]
  const fields = {
    chat: { messages },
    responses: { input: messages },
    messages: { max_tokens: 64, messages },
  } as const
  return JSON.stringify({ model: 'sim', stream, ...fields[api] })
}
