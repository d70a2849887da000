/** GET /v1/models, in the shape of the provider whose client asks. */
import { type Scenario, simulatedModel, versionName } from './scenarios.ts'

interface Listed {
  id: string
  /** ISO day. */
  day: string
}

const modelsOf = (scenario: Scenario): Listed[] => [
  { id: simulatedModel, day: scenario.phases[0].version },
  ...scenario.phases.map((phase) => ({ id: versionName(phase), day: phase.version })),
]

const openaiModel = ({ id, day }: Listed): object => ({
  id,
  object: 'model',
  created: Date.parse(`${day}T00:00:00Z`) / 1000,
  owned_by: 'holdfast',
})

const anthropicModel = ({ id, day }: Listed): object => ({
  type: 'model',
  id,
  display_name: id,
  created_at: `${day}T00:00:00Z`,
})

export function modelList(scenario: Scenario, anthropic: boolean): object {
  const models = modelsOf(scenario)
  return anthropic
    ? {
        data: models.map(anthropicModel),
        has_more: false,
        first_id: models.at(0)?.id ?? null,
        last_id: models.at(-1)?.id ?? null,
      }
    : { object: 'list', data: models.map(openaiModel) }
}

export function modelNamed(
  scenario: Scenario,
  name: string,
  anthropic: boolean,
): object | undefined {
  const found = modelsOf(scenario).find(({ id }) => id === name)
  if (found === undefined) return undefined
  return anthropic ? anthropicModel(found) : openaiModel(found)
}
