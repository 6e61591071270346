import { scanJob } from "./scan.job.ts";
import { sweepJob } from "./sweep.job.ts";

export const attachmentJobs = [scanJob, sweepJob];
export { presentAttachments } from "./attachment.presenter.ts";
export { attachmentRoutes } from "./attachment.routes.ts";
export { attachmentChecks, checkScanner, checkStorage } from "./checks.ts";
export { claimAttachments, moveAttachments, type Use } from "./claim-attachments.ts";
export type { AttachmentDocument } from "./attachment.model.ts";
export { discardUpload, keepUpload, receiveUpload, stagingFolder, uploadLimits } from "./receive-upload.ts";
export {
  countAttachmentsOfCustomer,
  eraseAttachmentsOfCustomer,
  removeAttachmentsOfTickets,
} from "./remove-attachments.ts";
export { NoSuchFile, storage } from "./storage.ts";
export { armSweep } from "./sweep.job.ts";
