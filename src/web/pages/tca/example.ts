/** The order of docs/tca.md: its fills are invented, their prices lie within the days' ranges. */
import type { TcaWish } from './TcaPage.js';

export const EXAMPLE_FILLS = `date,side,shares,price,vwap
2025-09-10,sell,6000,1268.40,1274.46
2025-09-10,sell,4000,1281.55,1274.46
2025-09-11,sell,12000,1352.40,1361.58
2025-09-12,sell,3000,1452.00,1453.57
2025-09-12,sell,5000,1488.00,1453.57
`;

export const EXAMPLE_WISH: TcaWish = {
  security: '688256',
  shares: '40000',
  decided: '2025-08-29',
  decisionPrice: '',
  arrivalPrice: '',
  until: '',
  effective: '2025-09-15',
  commission: '',
};
