/** RFC 3339 in UTC, without the milliseconds of whole seconds: as people write times. */
export const isoTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
