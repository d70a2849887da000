/** The list of models in the shape that each provider's client reads. */
import t from 'tap'
import { modelList, modelNamed } from '../../src/simulator/model-list.ts'
import { scenarios } from '../../src/simulator/scenarios.ts'

const scenario = scenarios['version-swap']
const ids = ['simulated-1', 'simulated-1-2026-03-01', 'simulated-1-2026-09-15']

void t.test('every version is listed once, for both providers', async (t) => {
  t.match(modelList(scenario, false), {
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', owned_by: 'holdfast', created: Number })),
  })
  t.match(modelList(scenario, true), {
    data: ids.map((id) => ({ type: 'model', id, display_name: id })),
    has_more: false,
    first_id: ids[0],
    last_id: ids[2],
  })
})

void t.test('one is found by its name, another name by nothing', async (t) => {
  t.same(modelNamed(scenario, 'simulated-1-2026-09-15', false), {
    id: 'simulated-1-2026-09-15',
    object: 'model',
    created: Date.UTC(2026, 8, 15) / 1000,
    owned_by: 'holdfast',
  })
  t.match(modelNamed(scenario, 'simulated-1', true), { created_at: '2026-03-01T00:00:00Z' })
  t.equal(modelNamed(scenario, 'gpt-4', false), undefined)
})
