package io.parley.domain.job;

/**
 * The worker no longer holds the job: another one has it, or it was cancelled. Stop and write
 * nothing.
 */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeaseLostException(JobId job) {
    super("The lease on job " + job + " was lost.");
  }
}
