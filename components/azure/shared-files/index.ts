export {
  assumedShareAccountLookups, existingFileShare, liveShareAccountLookups, type FoundShareAccount, type ShareAccountLookups, type ShareAccountName,
} from './existing';
export { FileShare, SHARE_SOFT_DELETE_DAYS, STORAGE_ACCOUNT_CONTRIBUTOR, type FileShareArgs } from './file-share';
export { AZURE_FILES_DRIVER } from './volumes';
