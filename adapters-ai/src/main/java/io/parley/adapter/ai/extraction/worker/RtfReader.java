package io.parley.adapter.ai.extraction.worker;

import com.rtfparserkit.parser.RtfStreamSource;
import com.rtfparserkit.parser.standard.StandardRtfParser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Rich text, command by command. */
final class RtfReader implements DocumentReader {

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    WordPages target = new WordPages(new Sections(pages));
    RtfBody body = new RtfBody(target);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 65_536)) {
      new StandardRtfParser().parse(new RtfStreamSource(in), body);
    }
    body.finish();
    return body.title() != null ? body.title() : target.title();
  }
}
