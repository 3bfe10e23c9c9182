import { s3 } from '#platform/clients/s3.ts';
import { loadConfig } from '#platform/config.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { thresholdsOf, visionConfig } from '../../vision/config.ts';
import { openedOnce, pictureInput } from '../../vision/labeler.ts';
import { S3Pictures } from '../../vision/s3-pictures.ts';
import { moderatePhoto, moderationThresholds } from './moderate-photo.ts';

const config = loadConfig(visionConfig, process.env);
const thresholds = thresholdsOf(config, moderationThresholds);

// Imported only when chosen: the local engine needs layers that are not there otherwise.
const labeler = openedOnce(async () => {
  if (config.ENGINE === 'rekognition') {
    const { RekognitionModeration } = await import('../../vision/rekognition.ts');
    return new RekognitionModeration(thresholds.review);
  }
  const [{ LocalModeration }, { loadModel }] = await Promise.all([
    import('../../vision/local-moderation.ts'),
    import('../../vision/wasm-models.ts'),
  ]);
  return new LocalModeration(new S3Pictures(s3()), await loadModel('moderation'));
});

export const handler = taskHandler(pictureInput, moderatePhoto({ labeler, thresholds }));
