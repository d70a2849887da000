import t from 'tap'
import { systemClock } from '../../../src/clock.ts'
import type { Dimension } from '../../../src/judge/graded/dimension.ts'
import { dimensions } from '../../../src/judge/graded/dimensions.ts'
import { judgeApis } from '../../../src/judge/graded/wires.ts'
import { createGradedJudge } from '../../../src/judge/graded-judge.ts'
import { createUpstreamClient } from '../../../src/upstream/http-client.ts'
import { startModel } from '../../simulator/start.ts'
import { gradedOptions } from './graded-options.ts'

t.test(
  'a model server that keeps to the schema grades every dimension, over both APIs',
  async (t) => {
    const model = await startModel(t)
    const client = createUpstreamClient({ clock: systemClock, connectionsMax: 2 })
    t.teardown(() => client.close())
    const all: readonly Dimension<string, unknown>[] = Object.values(dimensions)
    let graded = 0
    // The model draws by the request's text: with fresh nonces it would now and then refuse.
    let calls = 0
    const nonce = (bytes: number): Buffer => Buffer.alloc(bytes, ++calls)
    for (const api of judgeApis) {
      const baseUrl = new URL(api === 'openai' ? `${model.url}/v1` : model.url)
      const judge = createGradedJudge(gradedOptions(baseUrl, { api, model: 'simulated' }), {
        post: (request) => client.post(request),
        clock: systemClock,
        randomBytes: nonce,
      })
      for (const dimension of all) {
        const item = Object.fromEntries(dimension.fields.map(({ name }) => [name, `Some ${name}.`]))
        const result = await judge.grade(dimension, item)
        t.equal(
          result.kind === 'graded' ? 'graded' : result.reason,
          'graded',
          `${api} ${dimension.id}`,
        )
        graded++
      }
      t.ok(judge.budget.state().hour.tokens > 0, `${api}: usage was read`)
    }
    t.equal(graded, 14)
  },
)
