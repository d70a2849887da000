/** What gives way when memory or time runs short. */
import { Type } from 'typebox'

export const overloadSchema = Type.Object(
  {
    memoryBytes: Type.Integer({
      minimum: 0,
      maximum: 1_099_511_627_776,
      default: 0,
      description:
        'Memory of the process that shedding measures against; 0 takes the limit of the control group, and without one sheds nothing.',
    }),
    limitShare: Type.Number({
      minimum: 0.1,
      maximum: 1,
      default: 0.7,
      description: 'Share of it from which only half of the exchanges are sampled.',
    }),
    stopShare: Type.Number({
      minimum: 0.1,
      maximum: 1,
      default: 0.85,
      description: 'Share of it from which none is sampled and open captures are let go.',
    }),
    lagMs: Type.Integer({
      minimum: 0,
      maximum: 60_000,
      default: 250,
      description:
        'Half of the exchanges are sampled while the traffic thread is late by this much in eight looks in a row (2 s), none at four times as much; 0 never.',
    }),
    recoverMs: Type.Integer({
      minimum: 0,
      maximum: 3_600_000,
      default: 10_000,
      description: 'Calm that has to last before shedding steps back by one level.',
    }),
  },
  { additionalProperties: false },
)
