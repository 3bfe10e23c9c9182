import {
  DetectLabelsCommand,
  DetectModerationLabelsCommand,
  ImageTooLargeException,
  type Instance,
  InvalidImageFormatException,
  InvalidParameterException,
  InvalidS3ObjectException,
  type ModerationLabel,
  RekognitionClient,
  type Label as RekognitionLabel,
} from '@aws-sdk/client-rekognition';
import { type Finding, type ImageLabeler, PictureMissing, type PictureReference } from './labeler.ts';

/** What Rekognition's top categories mean to a park; one that is not named here is no reason to hold a photo back. */
const categories: Readonly<Record<string, 'severe' | 'mild'>> = {
  Explicit: 'severe',
  Violence: 'severe',
  'Visually Disturbing': 'severe',
  'Hate Symbols': 'severe',
  'Non-Explicit Nudity of Intimate parts and Kissing': 'mild',
  'Swimwear or Underwear': 'mild',
  'Rude Gestures': 'mild',
  'Drugs & Tobacco': 'mild',
};

const notRecognisable: Finding = { name: 'Not Recognisable', confidence: 100, mild: true };

/** Moderation by Amazon Rekognition, which reads the picture from S3 itself. */
export class RekognitionModeration implements ImageLabeler {
  readonly #client: RekognitionClient;
  readonly #minConfidence: number;

  constructor(minConfidence: number, client = new RekognitionClient({})) {
    this.#client = client;
    this.#minConfidence = minConfidence;
  }

  async label(picture: PictureReference): Promise<Finding[]> {
    const command = new DetectModerationLabelsCommand({
      Image: inS3(picture),
      MinConfidence: this.#minConfidence,
    });
    return findingsOf(async () =>
      moderationFindings((await this.#client.send(command)).ModerationLabels ?? []),
    );
  }
}

/** People detection by Amazon Rekognition, which reads the picture from S3 itself. */
export class RekognitionPeople implements ImageLabeler {
  readonly #client: RekognitionClient;
  readonly #minConfidence: number;

  constructor(minConfidence: number, client = new RekognitionClient({})) {
    this.#client = client;
    this.#minConfidence = minConfidence;
  }

  async label(picture: PictureReference): Promise<Finding[]> {
    const command = new DetectLabelsCommand({
      Image: inS3(picture),
      MinConfidence: this.#minConfidence,
      Features: ['GENERAL_LABELS'],
      Settings: { GeneralLabels: { LabelInclusionFilters: ['Person'] } },
    });
    return findingsOf(async () => peopleFindings((await this.#client.send(command)).Labels ?? []));
  }
}

/** Keeps the top categories, which say how sure Rekognition is of anything below them. */
export function moderationFindings(labels: readonly ModerationLabel[]): Finding[] {
  return labels.flatMap(({ Name = '', ParentName, Confidence = 0 }) => {
    const weight = ParentName ? undefined : categories[Name];
    return weight ? [{ name: Name, confidence: Confidence, mild: weight === 'mild' }] : [];
  });
}

/** One finding for each person that was located; a person who was not may be a statue or a poster, hence mild. */
export function peopleFindings(labels: readonly RekognitionLabel[]): Finding[] {
  return labels
    .filter(({ Name }) => Name === 'Person')
    .flatMap(({ Confidence = 0, Instances = [] }) => {
      const located = Instances.map(({ Confidence: confidence = 0 }: Instance) => ({
        name: 'Person',
        confidence,
      }));
      return located.length > 0 ? located : [{ name: 'Person', confidence: Confidence, mild: true }];
    });
}

function inS3({ bucket, key }: PictureReference) {
  return { S3Object: { Bucket: bucket, Name: key } };
}

async function findingsOf(ask: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await ask();
  } catch (error) {
    // There are limits below which Rekognition does not look, such as 80 pixels a side; a ranger can.
    if (error instanceof InvalidImageFormatException || error instanceof InvalidParameterException)
      return [notRecognisable];
    if (!(error instanceof InvalidS3ObjectException || error instanceof ImageTooLargeException)) throw error;
    // What cannot become better by itself gets a name that no workflow retries.
    throw new PictureMissing(`Expected a picture that Rekognition can read from S3, got ${error.name}`);
  }
}
