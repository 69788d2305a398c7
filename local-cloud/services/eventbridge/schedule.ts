const minuteMs = 60_000;
const unitMs = { minute: minuteMs, hour: 60 * minuteMs, day: 1440 * minuteMs } as const;

/** Gives the times after one moment up to another at which a schedule fires, epoch milliseconds, ascending. */
export type Schedule = (afterMs: number, untilMs: number) => readonly number[];

/** A clock that is moved over more times than these fires the last of them only. */
const mostTimes = 1000;

/**
 * Reads `rate(5 minutes)`, or `cron(0 * * * ? *)` with a number or a star for minute and hour and stars for the rest. Throws for
 * what the app does not use: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function compileSchedule(expression: string): Schedule {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit === 'minute' || unit === 'hour' || unit === 'day') return every(Number(count) * unitMs[unit], () => true);
  const [, minute, hour] = /^cron\((\d+|\*) (\d+|\*) (?:\* \* \?|\* \? \*|\? \* \*) \*\)$/.exec(expression) ?? [];
  if (minute === undefined || hour === undefined) {
    throw new TypeError(`Schedule ${expression} is not known to the local cloud`);
  }
  return every(
    minuteMs,
    (time) =>
      (minute === '*' || time.getUTCMinutes() === Number(minute)) &&
      (hour === '*' || time.getUTCHours() === Number(hour)),
  );
}

function every(stepMs: number, fires: (time: Date) => boolean): Schedule {
  return (afterMs, untilMs) => {
    const times: number[] = [];
    for (let time = Math.floor(untilMs / stepMs) * stepMs; time > afterMs && times.length < mostTimes; time -= stepMs) {
      if (fires(new Date(time))) times.unshift(time);
    }
    return times;
  };
}
