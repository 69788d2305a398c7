import { calibrationReport } from '#domain/propensity/calibration-report.ts';
import type { ModelRecord } from '#domain/propensity/propensity-model.ts';

/** One line a model, by name: responses ever, their rate, and of the latest some thousand predictions ECE, AUC and drift. */
export function modelLines(models: ReadonlyMap<string, ModelRecord>): string[] {
  const head = ['responses', 'rate %', 'ECE', 'AUC', 'level', 'slope'];
  const rows = [...models].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, record]) => [name, ...numbersOf(record)]);
  const width = Math.max(5, ...models.keys().map((name) => name.length));
  return [['model', ...head], ...rows].map(([name = '', ...cells]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(9))].join(' '),
  );
}

/** A model's reliability curve: groups of equally many predictions, what was predicted and what came. */
export function reliabilityLines({ calibration }: ModelRecord): string[] {
  const { reliability } = calibrationReport(calibration);
  return [
    'responses  predicted %   came %',
    ...reliability.map(({ responses, predicted, came }) =>
      [responses.toFixed(0).padStart(9), percent(predicted).padStart(12), percent(came).padStart(8)].join(' '),
    ),
  ];
}

function numbersOf({ responses, positives, calibration }: ModelRecord): string[] {
  const { ece, auc, drift } = calibrationReport(calibration);
  return [
    String(responses),
    responses === 0 ? '–' : percent(positives / responses),
    ece?.toFixed(4) ?? '–',
    auc?.toFixed(4) ?? '–',
    drift.level.toFixed(1),
    drift.slope.toFixed(1),
  ];
}

const percent = (share: number) => (100 * share).toFixed(2);
