import type { LakeViewDefinition } from '#contracts/lake/view.ts';
import { customersViewColumns } from './customers-view.ts';

/** View `v_customer_traits`: of `v_customers` what most questions need, for less. */
export const customerTraitsView: LakeViewDefinition = {
  name: 'v_customer_traits',
  description: 'The traits of each customer who has any, as v_customers has them, for a third of its price',
  columns: customersViewColumns.filter(({ name }) => name === 'customer_id' || name === 'traits'),
};
