import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Counts one photo under a metric name with the workflow version as dimension (EMF, namespace `HappyPath`). */
export function countPhoto(name: string, workflow = 'none'): void {
  const metrics = new Metrics({ singleMetric: true });
  metrics.addDimension('workflow', workflow);
  metrics.addMetric(name, MetricUnit.Count, 1);
}
