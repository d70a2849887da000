/** Keys of the interaction signals. */
import { Type } from 'typebox'

export const signalsSchema = Type.Object(
  {
    enabled: Type.Boolean({
      default: true,
      description:
        'Read what users do in live conversations (repair, repeat, clarification, agreement) and count it by language and depth (docs/interaction-signals.md). Nothing is kept of the texts.',
    }),
  },
  { additionalProperties: false },
)
