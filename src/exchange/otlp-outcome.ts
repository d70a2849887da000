/**
 * What became of a verdict that was to be exported over OTLP.
 *
 * exported     the receiver took it
 * refused      it answered with another status, or rejected records of the batch
 * unreachable  no answer in time
 * queue_full   otlp.queue_items_max
 */
export const otlpOutcomes = ['exported', 'refused', 'unreachable', 'queue_full'] as const
export type OtlpOutcome = (typeof otlpOutcomes)[number]
