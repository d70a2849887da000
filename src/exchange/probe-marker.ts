/**
 * The request header that holdfast's own probes carry: its value is the id of the run. An exchange
 * with it passes like any other and is not sampled, by no holdfast on its way.
 */
export const probeMarkerHeader = 'x-holdfast-probe'
