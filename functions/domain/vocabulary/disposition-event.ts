/** Name of the track event in which a disposition reaches the profile and the lake. */
export const dispositionEvent = 'Disposition Captured';
