import type { Cafe, MenuItem, Order, Place, PublicPhoto } from '@happy-path/api-client';

const picture = { url: '/photos/x/tile.webp', width: 4, height: 3, contentType: 'image/webp' };

export const publicPhoto = (
  photoId: string,
  minute: number,
  more: Partial<PublicPhoto> = {},
): PublicPhoto => ({
  photoId,
  placeId: 'place',
  publishedAt: new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString(),
  workflow: 'v1',
  width: 4,
  height: 3,
  thumbHash: '',
  renditions: { tile: picture, small: picture, large: picture, share: picture },
  ...more,
});

export const photoView = (photoId: string, minute: number) => ({
  ...publicPhoto(photoId, minute),
  status: 'PUBLISHED' as const,
  createdAt: '2026-06-01T12:00:00.000Z',
  journeyId: photoId,
  mine: false,
  retryable: false,
});

export const place = (placeId: string, lat: number, lng: number, more: Partial<Place> = {}): Place => ({
  placeId,
  type: 'park',
  name: `Place ${placeId}`,
  description: '',
  location: { lat, lng },
  ...more,
});

export const order = (orderId: string, more: Partial<Order> = {}): Order => ({
  orderId,
  cafeId: 'cafe',
  cafeName: 'Café One',
  kind: 'SCAN',
  status: 'QUEUED',
  statusAt: '2026-06-01T12:00:00.000Z',
  createdAt: '2026-06-01T12:00:00.000Z',
  currency: 'USD',
  ...more,
});

export const flatWhite: MenuItem = {
  id: 'flat-white',
  name: 'Flat white',
  cents: 450,
  available: true,
  modifiers: [
    {
      id: 'milk',
      name: 'Milk',
      options: [
        { id: 'whole', name: 'Whole milk', cents: 0 },
        { id: 'oat', name: 'Oat milk', cents: 60 },
      ],
    },
  ],
};

export const tea: MenuItem = { id: 'tea', name: 'Tea', cents: 300, available: true, modifiers: [] };

export const cafe = (more: Partial<Cafe> = {}): Cafe => ({
  cafeId: 'cafe',
  name: 'Café One',
  isOpen: true,
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  menu: [flatWhite, tea],
  revision: 1,
  preOrder: { leadSeconds: 600, maxSeconds: 14_400 },
  ...more,
});
