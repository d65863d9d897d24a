package io.parley.adapter.storage.s3;

/** What is done to a bucket, with the permission that it takes. */
enum S3Action {
  LIST("list", "s3:ListBucket"),
  READ("read", "s3:GetObject"),
  WRITE("write to", "s3:PutObject"),
  REMOVE("remove files from", "s3:DeleteObject"),
  REMOVE_VERSIONS("remove versions from", "s3:DeleteObjectVersion"),
  LIST_VERSIONS("list the versions in", "s3:ListBucketVersions"),
  LIST_UPLOADS("list the unfinished uploads of", "s3:ListBucketMultipartUploads"),
  ABORT_UPLOADS("give up unfinished uploads in", "s3:AbortMultipartUpload"),
  ASK_VERSIONING("ask for the versioning of", "s3:GetBucketVersioning");

  private final String words;
  private final String permission;

  S3Action(String words, String permission) {
    this.words = words;
    this.permission = permission;
  }

  /** To be read after "may not", before the bucket. */
  String words() {
    return words;
  }

  /** As policies name it. */
  String permission() {
    return permission;
  }
}
