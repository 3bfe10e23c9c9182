import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { thresholdsOf, visionConfig } from '../../vision/config.ts';
import { openedOnce, pictureInput } from '../../vision/labeler.ts';
import { S3Pictures } from '../../vision/s3-pictures.ts';
import { detectPeople, peopleThresholds } from './detect-people.ts';

const config = loadConfig(visionConfig, process.env);
const thresholds = thresholdsOf(config, peopleThresholds);

// Imported only when chosen: the local engine needs layers that are not there otherwise.
const labeler = openedOnce(async () => {
  if (config.ENGINE === 'rekognition') {
    const { RekognitionPeople } = await import('../../vision/rekognition.ts');
    return new RekognitionPeople(thresholds.review);
  }
  const [{ LocalPeople }, { loadModel }] = await Promise.all([
    import('../../vision/local-people.ts'),
    import('../../vision/wasm-models.ts'),
  ]);
  return new LocalPeople(new S3Pictures(s3()), await loadModel('people'));
});

export const handler = taskHandler(pictureInput, detectPeople({ labeler, thresholds }));
