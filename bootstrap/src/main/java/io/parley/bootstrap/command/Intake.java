package io.parley.bootstrap.command;

import io.parley.application.LocalBot;
import io.parley.application.document.UploadResult;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Progress;
import io.parley.domain.document.SourceId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes files in, shows how far that is, and remembers which could not be used. */
final class Intake {
  private final LocalBot bot;
  private final ProgressLine progress;
  private final Map<Path, SourceId> taken = new LinkedHashMap<>();
  private final Map<Path, String> failures = new LinkedHashMap<>();

  Intake(LocalBot bot, ProgressLine progress) {
    this.bot = bot;
    this.progress = progress;
  }

  void take(List<Path> files) throws IOException, InterruptedException {
    for (Path file : files) {
      progress.show((double) taken.size() / files.size() / 10, "Reading " + file.getFileName());
      upload(file);
    }
    int done = 0;
    for (Map.Entry<Path, SourceId> entry : taken.entrySet()) {
      int before = done;
      Document ended =
          bot.await(entry.getValue(), d -> show(d, before, taken.size())).orElseThrow();
      if (ended.status() == DocumentStatus.ERROR) {
        failures.put(entry.getKey(), String.valueOf(ended.errorMessage()));
      }
      done++;
    }
  }

  /** Why files could not be used. */
  Map<Path, String> failures() {
    return failures;
  }

  private void upload(Path file) throws IOException {
    try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
      UploadResult result = bot.add(String.valueOf(file.getFileName()), content);
      switch (result) {
        case UploadResult.Accepted a -> taken.put(file, a.document().id());
        case UploadResult.AlreadyThere t -> taken.put(file, t.document().id());
        case UploadResult.TooLarge large ->
            failures.put(
                file,
                "The file is larger than "
                    + (large.maxBytes() >> 20)
                    + " MB. Raise PARLEY_UPLOAD_LIMIT_MB to take it in.");
        case UploadResult.Empty _ -> failures.put(file, "The file is empty.");
        case UploadResult.Unsupported _ ->
            failures.put(
                file, "This type of file is not supported. Use " + ContentType.listed() + ".");
        case UploadResult.Gone _ -> failures.put(file, "It was erased meanwhile.");
        case UploadResult.TooManyWaiting _, UploadResult.QueueFull _ ->
            failures.put(file, "Too many documents are waiting. Try again when some are taken in.");
      }
    } catch (IllegalArgumentException e) {
      failures.put(file, String.valueOf(e.getMessage()));
    }
  }

  private void show(Document document, int done, int all) {
    Progress p = document.progress();
    String step =
        switch (p.step()) {
          case STORED -> "extracting text";
          case EXTRACTED -> "splitting";
          case SPLIT -> "embedding " + p.done() + "/" + p.total();
          case EMBEDDED -> "indexing";
          case INDEXED -> "done";
        };
    progress.show(
        0.1 + 0.9 * (done + share(p)) / all,
        (done + 1) + "/" + all + " " + document.name() + ": " + step);
  }

  /** How much of the work is done; nearly all of it is embedding. */
  private static double share(Progress p) {
    double running = p.total() > 0 ? (double) p.done() / p.total() : 0;
    return switch (p.step()) {
      case STORED -> 0;
      case EXTRACTED -> 0.1;
      case SPLIT -> 0.15 + 0.8 * running;
      case EMBEDDED -> 0.95;
      case INDEXED -> 1;
    };
  }
}
