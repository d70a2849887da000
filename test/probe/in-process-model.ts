/**
 * The simulated model behind the sender's interface, without a socket: the request's bytes are read
 * and the answer's bytes written as its server does, so that thousands of runs take seconds.
 */
import { isJsonObject, parseJsonBytes } from '../../src/decode/untrusted-json.ts'
import type { Sender } from '../../src/probe/target.ts'
import { apiShapeFor } from '../../src/simulator/apis/api-shapes.ts'
import { behave, responseSeed } from '../../src/simulator/behaviour.ts'
import type { FindKnownRequest } from '../../src/simulator/known-requests.ts'
import { userTurns } from '../../src/simulator/request.ts'
import { type Phase, servedName } from '../../src/simulator/scenarios.ts'

export const inProcessModel = (seed: number, phase: Phase, known: FindKnownRequest): Sender => ({
  post({ url, body }) {
    const shape = apiShapeFor(url.pathname)
    const parsed = parseJsonBytes(body)
    if (shape === undefined || !parsed.ok || !isJsonObject(parsed.value)) {
      throw new Error(`not a request: ${url.pathname}`)
    }
    const read = shape.read(parsed.value)
    if (!read.ok) throw new Error(read.message)
    const { request } = read
    const context = { seed, phase, replay: undefined, known, turns: userTurns(request) }
    const { content } = behave(request, context)
    if (content.kind === 'overloaded') {
      return Promise.resolve({
        attempts: 1,
        kind: 'response',
        status: 503,
        body: Buffer.from('{}'),
      })
    }
    const answer = shape.body({
      request,
      content,
      model: servedName(phase, request.model),
      created: 0,
      idSeed: responseSeed(request, context),
    })
    return Promise.resolve({
      attempts: 1,
      kind: 'response',
      status: 200,
      body: Buffer.from(JSON.stringify(answer)),
    })
  },
})
