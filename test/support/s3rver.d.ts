declare module "s3rver" {
  /** An S3-compatible server that checks signatures; one account, `S3RVER` with the key `S3RVER`. */
  // eslint-disable-next-line no-restricted-syntax -- it is what the package exports
  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      vhostBuckets: boolean;
      configureBuckets: { name: string }[];
    });
    run(): Promise<{ address: string; port: number }>;
    close(): Promise<void>;
  }
}
