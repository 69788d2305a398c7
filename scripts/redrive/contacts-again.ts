import { CampaignRecord } from '#adapters/campaigns-table/stream-images.ts';
import { publishCampaigns } from '#use-cases/publish/publish-campaigns.ts';
import { publishingOf } from './publish-again.ts';

/** Tells the bus again what became of runs and their customers. */
export const contactsAgain = publishingOf(CampaignRecord, publishCampaigns);
