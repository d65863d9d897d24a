package io.parley.adapter.web.document;

import io.micronaut.http.HttpRequest;
import io.parley.adapter.web.json.JsonReader;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.request.BodyDigest;
import io.parley.adapter.web.upload.Multipart;
import io.parley.adapter.web.upload.Sizes;
import io.parley.application.document.Replacement;
import io.parley.application.document.Upload;
import io.parley.application.document.UploadDocument;
import io.parley.application.document.UploadResult;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes files in from a request, and says what became of them. */
@Singleton
final class Uploads {
  private static final int METADATA_BYTES = 100_000;
  private static final Duration FULL = Duration.ofMinutes(1);
  private static final String NOTHING = " Nothing was added.";

  private final UploadDocument upload;
  private final Multipart multipart;

  Uploads(UploadDocument upload, Multipart multipart) {
    this.upload = upload;
    this.multipart = multipart;
  }

  /** What is done with one file of a request. */
  @FunctionalInterface
  private interface FileUse {
    void use(DocumentName name, InputStream content);
  }

  /** Ends the request when nothing can be taken now; to be asked before its body is read. */
  void requireRoom(BotScope scope) {
    upload
        .refusal(scope)
        .ifPresent(why -> {
          throw refused(why, "");
        });
  }

  /** Every file of the request becomes a document, or none does. */
  List<Document> all(HttpRequest<?> request, BotScope scope, BodyDigest digest) {
    requireRoom(scope);
    try (Upload together = upload.begin(scope)) {
      Metadata metadata =
          eachFile(
              request, digest, (name, content) -> check(together.receive(name, content), name));
      return together.add(metadata).orElseThrow(() -> refused(new UploadResult.Gone(), "")).stream()
          .map(UploadResult.Taken::document)
          .toList();
    }
  }

  /** The one file of the request becomes the next version of a document. */
  Document next(HttpRequest<?> request, BotScope scope, Document now) {
    requireRoom(scope);
    try (Replacement replacement = upload.beginReplacement(scope, now.id())) {
      int[] files = {0};
      Metadata metadata =
          eachFile(
              request,
              new BodyDigest(),
              (name, content) -> {
                if (files[0]++ > 0) {
                  throw Problem.invalid(
                          "files", "Send one file: a version has one. Nothing was added.")
                      .asException();
                }
                check(replacement.receive(name, content), name);
              });
      Metadata kept = metadata.values().isEmpty() ? now.metadata() : metadata;
      return accepted(replacement.add(kept), now.name());
    }
  }

  private static void check(Optional<UploadResult.Refused> refusal, DocumentName name) {
    refusal.ifPresent(why -> {
      throw refused(why, "\"" + name + "\"");
    });
  }

  /** Reads the files without keeping them. */
  void reread(HttpRequest<?> request, BodyDigest digest) {
    eachFile(request, digest, (name, content) -> drain(content));
  }

  private static void drain(InputStream content) {
    try {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Gives every file of the request to its use; at least one.
   *
   * @return the metadata for all of them, wherever it stood
   */
  private Metadata eachFile(HttpRequest<?> request, BodyDigest digest, FileUse use) {
    @Nullable Metadata[] metadata = {null};
    int[] files = {0};
    multipart.read(
        request,
        part -> {
          digest.add(part.name()).add(String.valueOf(part.fileName()));
          InputStream content = digest.watch(part.content());
          if (part.fileName() != null && isFile(part.name())) {
            files[0]++;
            use.use(name(part.fileName()), content);
          } else if (part.name().equals("metadata")) {
            metadata[0] = metadata(content, metadata[0]);
          }
        });
    if (files[0] == 0) {
      throw Problem.invalid("files", "Send at least one file, in a part named \"files\".")
          .asException();
    }
    return metadata[0] == null ? Metadata.EMPTY : metadata[0];
  }

  private static boolean isFile(String part) {
    return part.equals("files") || part.equals("file") || part.equals("files[]");
  }

  private static Metadata metadata(InputStream content, @Nullable Metadata before)
      throws IOException {
    if (before != null) {
      throw Problem.invalid("metadata", "Send the metadata once: it is for all files.")
          .asException();
    }
    byte[] bytes = content.readNBytes(METADATA_BYTES + 1);
    if (bytes.length > METADATA_BYTES) {
      throw Problem.invalid("metadata", "The metadata may have at most 100,000 bytes.")
          .asException();
    }
    return bytes.length == 0 ? Metadata.EMPTY : MetadataField.of(JsonReader.object(bytes));
  }

  static DocumentName name(String given) {
    try {
      return DocumentName.of(given);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("name", String.valueOf(e.getMessage())).asException();
    }
  }

  /** The document, or the end of the request. */
  static Document accepted(UploadResult result, DocumentName name) {
    return switch (result) {
      case UploadResult.Taken taken -> taken.document();
      case UploadResult.Refused why -> throw refused(why, "\"" + name + "\"");
    };
  }

  private static ProblemException refused(UploadResult.Refused why, String what) {
    Problem problem =
        switch (why) {
          case UploadResult.TooLarge large ->
              Problem.of(
                  ProblemKind.TOO_LARGE,
                  what
                      + " is larger than "
                      + Sizes.words(large.maxBytes())
                      + ", the most that is allowed."
                      + NOTHING);
          case UploadResult.Empty _ -> Problem.invalid("files", what + " is empty." + NOTHING);
          case UploadResult.Unsupported _ ->
              Problem.of(
                  ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                  what
                      + " is not a type that can be read. Send "
                      + ContentType.listed()
                      + "."
                      + NOTHING);
          case UploadResult.Gone _ -> Problem.notFound("document");
          case UploadResult.TooManyWaiting many ->
              Problem.later(
                  ProblemKind.TOO_MANY_WAITING,
                  "You have "
                      + many.most()
                      + " documents waiting, the most that is allowed. Send more when some of them"
                      + " are taken in."
                      + NOTHING,
                  FULL);
          case UploadResult.QueueFull _ ->
              Problem.later(
                  ProblemKind.UNAVAILABLE,
                  "As many documents are waiting as this installation allows. Try again in a"
                      + " minute."
                      + NOTHING,
                  FULL);
        };
    return problem.asException();
  }
}
