/** The keys of the log, `log.*`. */
import { Type } from 'typebox'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export const logSchema = Type.Object(
  {
    level: Type.Enum(logLevels, {
      default: 'info',
      description: 'Least severe level that is written.',
    }),
    requests: Type.Boolean({
      default: false,
      description:
        'One line per exchange: method, route, status, sizes, durations, ids; never headers, query or text.',
    }),
  },
  { additionalProperties: false },
)
