package io.parley.adapter.web.document;

import io.micronaut.http.HttpRequest;
import io.parley.adapter.web.json.JsonReader;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.request.BodyDigest;
import io.parley.adapter.web.upload.Multipart;
import io.parley.adapter.web.upload.Sizes;
import io.parley.application.document.IncomingFile;
import io.parley.application.document.UploadDocument;
import io.parley.application.document.UploadResult;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Takes files in from a request, and says what became of them. */
@Singleton
final class Uploads {
  private static final int METADATA_BYTES = 100_000;

  private final UploadDocument upload;
  private final Multipart multipart;

  Uploads(UploadDocument upload, Multipart multipart) {
    this.upload = upload;
    this.multipart = multipart;
  }

  /** What is done with one file of a request. */
  @FunctionalInterface
  interface FileUse {
    void use(DocumentName name, Metadata metadata, InputStream content);
  }

  /** Every file of the request becomes a document. */
  List<Document> all(HttpRequest<?> request, BotScope scope, BodyDigest digest) {
    List<Document> documents = new ArrayList<>();
    eachFile(
        request,
        digest,
        (name, metadata, content) ->
            documents.add(
                accepted(upload.upload(scope, new IncomingFile(name, metadata, content)), name)));
    return documents;
  }

  /** Reads the files without keeping them. */
  void reread(HttpRequest<?> request, BodyDigest digest) {
    eachFile(request, digest, (name, metadata, content) -> drain(content));
  }

  private static void drain(InputStream content) {
    try {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives every file of the request to its use; at least one. */
  void eachFile(HttpRequest<?> request, BodyDigest digest, FileUse use) {
    Metadata[] metadata = {Metadata.EMPTY};
    int[] files = {0};
    multipart.read(
        request,
        part -> {
          digest.add(part.name()).add(String.valueOf(part.fileName()));
          InputStream content = digest.watch(part.content());
          if (part.fileName() != null && isFile(part.name())) {
            files[0]++;
            use.use(name(part.fileName()), metadata[0], content);
          } else if (part.name().equals("metadata")) {
            metadata[0] = metadata(content, files[0]);
          }
        });
    if (files[0] == 0) {
      throw Problem.invalid("files", "Send at least one file, in a part named \"files\".")
          .asException();
    }
  }

  private static boolean isFile(String part) {
    return part.equals("files") || part.equals("file") || part.equals("files[]");
  }

  private static Metadata metadata(InputStream content, int filesBefore) throws IOException {
    if (filesBefore > 0) {
      throw Problem.invalid("metadata", "Send the metadata before the files.").asException();
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
      case UploadResult.Accepted accepted -> accepted.document();
      case UploadResult.AlreadyThere there -> there.document();
      case UploadResult.TooLarge large ->
          throw refused(
              ProblemKind.TOO_LARGE,
              name,
              "is larger than " + Sizes.words(large.maxBytes()) + ", the most that is allowed.");
      case UploadResult.Empty _ ->
          throw Problem.invalid("files", "\"" + name + "\" is empty.").asException();
      case UploadResult.Unsupported _ ->
          throw refused(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              name,
              "is not a type that can be read. Send PDF, DOCX, HTML, Markdown or plain text.");
      case UploadResult.Gone _ -> throw Problem.notFound("document").asException();
    };
  }

  private static ProblemException refused(ProblemKind kind, DocumentName name, String why) {
    return Problem.of(kind, "\"" + name + "\" " + why).asException();
  }
}
