/** Most touchpoints, channels, campaigns and groups that a state keeps, of each. */
export const mostNames = 32;
