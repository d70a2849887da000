/** The keys of reading the configuration again, `reload.*`. */
import { Type } from 'typebox'

export const reloadSchema = Type.Object(
  {
    watchMs: Type.Integer({
      minimum: 0,
      maximum: 3_600_000,
      default: 1000,
      description:
        'How often the configuration file is looked at; a change is taken when two looks have seen it. 0: only SIGHUP reads it again.',
    }),
  },
  { additionalProperties: false },
)
