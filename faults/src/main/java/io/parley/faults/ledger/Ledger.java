package io.parley.faults.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * What a client asked for and what it was told, each before and after the request, on disk before
 * anything else happens. Several threads may write.
 */
public final class Ledger implements AutoCloseable {
  private final FileChannel file;

  private Ledger(FileChannel file) {
    this.file = file;
  }

  /** Goes on with a file, or begins it. */
  public static Ledger open(Path file) {
    try {
      return new Ledger(
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document is about to be uploaded; what it is written down under. */
  public String uploading(String bot, SampleText text) {
    return begin("upload", bot, text.canary(), text.sha256(), text.topic());
  }

  /** A new version is about to be uploaded. */
  public String replacing(String document, SampleText text) {
    return begin("replace", document, text.canary(), text.sha256(), text.topic());
  }

  public String erasing(String document) {
    return begin("erase", document);
  }

  public String erasingBot(String bot) {
    return begin("erase-bot", bot);
  }

  private String begin(String what, String... about) {
    String deed = UUID.randomUUID().toString();
    write("begin\t" + what + "\t" + deed + "\t" + String.join("\t", about));
    return deed;
  }

  /** The version was acknowledged. */
  public void kept(String deed, String document, int version) {
    write("kept\t" + deed + "\t" + document + "\t" + version);
  }

  /** An erasure was acknowledged. */
  public void erased(String deed) {
    write("erased\t" + deed);
  }

  /** It was refused in so many words; nothing of it may be there. */
  public void refused(String deed) {
    write("refused\t" + deed);
  }

  /** Its owner asked for the work on it to end: it may stay unfinished. */
  public void cancelling(String document) {
    write("cancelling\t" + document);
  }

  /** The client saw what must not be. */
  public void violation(String sentence) {
    write("violation\t" + sentence.replaceAll("\\s+", " "));
  }

  /** Something worth counting happened. */
  public void count(String what) {
    write("count\t" + what);
  }

  private void write(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      synchronized (file) {
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
