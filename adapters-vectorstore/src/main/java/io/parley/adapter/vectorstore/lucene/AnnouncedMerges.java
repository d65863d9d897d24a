package io.parley.adapter.vectorstore.lucene;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy.OneMerge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges in the background and says when one is done. */
final class AnnouncedMerges extends ConcurrentMergeScheduler {

  static final Logger log = LoggerFactory.getLogger(AnnouncedMerges.class);

  private final Runnable done;
  private final Consumer<Throwable> failed;

  AnnouncedMerges(Runnable done, Consumer<Throwable> failed) {
    this.done = done;
    this.failed = failed;
    // Merging never takes more than one core from those who search.
    setMaxMergesAndThreads(4, 1);
  }

  @Override
  protected void doMerge(MergeSource source, OneMerge merge) throws IOException {
    super.doMerge(source, merge);
    done.run();
  }

  /** The writer has closed itself; the next change opens another one and merges again. */
  @Override
  protected void handleMergeException(Throwable thrown) {
    log.warn("Merging an index failed: {}", thrown.toString());
    failed.accept(thrown);
  }
}
