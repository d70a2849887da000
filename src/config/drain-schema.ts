/** The keys of an orderly end, `drain.*`. */
import { Type } from 'typebox'

export const drainSchema = Type.Object(
  {
    delayMs: Type.Integer({
      minimum: 0,
      maximum: 600_000,
      default: 1500,
      description: 'After SIGTERM /readyz answers 503 for this long before connections are closed.',
    }),
    deadlineMs: Type.Integer({
      minimum: 0,
      maximum: 86_400_000,
      default: 600_000,
      description: 'Exchanges still open this long after SIGTERM are cut.',
    }),
  },
  { additionalProperties: false },
)
