/** What an answer does in the conversation besides answering: asks back, carries on, or neither. */
import { defineDimension } from '../dimension.ts'

export const speechActs = ['clarification', 'follow_up', 'neither'] as const
export type SpeechAct = (typeof speechActs)[number]

export const speechAct = defineDimension({
  id: 'speech_act',
  rubric: `Rubric: which speech act does the answer contain?
- clarification: it asks the user what was meant, or for something it needs in order to answer, or states how it understood the request and asks whether that is right.
- follow_up: it answers and then moves the task on by a specific question or proposal of its own. A set phrase at the end ("let me know if you need more help") is none.
- neither: it does neither.
If it contains both a clarification and a follow-up, the clarification decides.`,
  fields: [
    { name: 'prompt', bytesMax: 1024, required: true },
    { name: 'answer', bytesMax: 3072, required: true },
  ],
  schema: { speech_act: speechActs },
  read: ({ speech_act }): SpeechAct => speech_act,
})
