package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** The messages of a file: its own, and those forwarded in it, each on a page after the other. */
final class EmlMessages {

  private static final List<String> SHOWN = List.of("from", "to", "cc", "date");

  /** Largest text of one part, in bytes. */
  private static final int MAX_BODY = 8_000_000;

  private final Sections sections;
  private final Deque<Message> open = new ArrayDeque<>();
  private boolean any;
  private @Nullable String title;

  private static final class Message {
    private String subject = "";
    private final List<String> head = new ArrayList<>();
    private final List<String> attached = new ArrayList<>();
    private final Deque<Alternative> groups = new ArrayDeque<>();
    private boolean inHead = true;
    private boolean told;
    private @Nullable String fileName;
    private boolean attachment;
  }

  /** Parts of which only the first that can be read counts, where they say the same. */
  private static final class Alternative {
    private final boolean same;
    private boolean read;

    Alternative(boolean same) {
      this.same = same;
    }
  }

  EmlMessages(Pages pages) {
    this.sections = new Sections(pages);
  }

  void begin() {
    if (!open.isEmpty()) {
      tell(open.getFirst());
      listAttached(open.getFirst());
    }
    open.push(new Message());
  }

  void beginPart() {
    Message message = open.getFirst();
    message.inHead = false;
    message.fileName = null;
    message.attachment = false;
  }

  void beginGroup(String type) {
    open.getFirst().inHead = false;
    open.getFirst().groups.push(new Alternative(type.equals("multipart/alternative")));
  }

  void endGroup() {
    open.getFirst().groups.poll();
  }

  void field(Field field) {
    Message message = open.getFirst();
    String name = field.getName().toLowerCase(Locale.ROOT);
    String value = Objects.requireNonNullElse(field.getBody(), "");
    if (name.equals("content-disposition") || name.equals("content-type")) {
      message.attachment |= value.strip().toLowerCase(Locale.ROOT).startsWith("attachment");
      String file = MimeFileName.of(value);
      message.fileName = file == null ? message.fileName : file;
    } else if (message.inHead) {
      head(message, name, value);
    }
  }

  private static void head(Message message, String name, String value) {
    String words = words(value);
    if (name.equals("subject")) {
      message.subject = words;
    } else if (SHOWN.contains(name) && !words.isEmpty()) {
      String shown = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      message.head.add(shown + ": " + words);
    }
  }

  static String words(String value) {
    return PlainText.collapse(
        PlainText.clean(DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT)));
  }

  void body(BodyDescriptor descriptor, InputStream in) throws IOException {
    Message message = open.getFirst();
    message.inHead = false;
    String type = descriptor.getMimeType();
    boolean text = type.equals("text/plain") || type.equals("text/html");
    if (message.attachment || !text) {
      attach(message, type);
      return;
    }
    Alternative group = message.groups.peek();
    if (group != null && group.same && group.read) {
      return;
    }
    tell(message);
    boolean found = give(type, in.readNBytes(MAX_BODY + 1), descriptor.getCharset());
    if (group != null) {
      group.read |= found;
    }
  }

  private static void attach(Message message, String type) {
    if (message.fileName != null) {
      message.attached.add("- " + message.fileName + " (" + type + ")");
    }
  }

  private boolean give(String type, byte[] bytes, @Nullable String charset) {
    if (bytes.length > MAX_BODY) {
      throw new UnreadableException(Problem.TOO_MUCH_TEXT);
    }
    String text = new String(bytes, charset(charset));
    if (type.equals("text/html")) {
      HtmlReader.read(Jsoup.parse(text, "", HtmlReader.parser()), sections);
    } else {
      for (String paragraph : text.split("\\R[\\s&&[^\\n]]*\\R", -1)) {
        sections.block(Kind.PARAGRAPH, paragraph);
      }
    }
    return !text.isBlank();
  }

  private static Charset charset(@Nullable String name) {
    try {
      boolean ascii = name == null || name.equalsIgnoreCase("us-ascii");
      return ascii ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /** Begins the message's page, with who wrote what to whom. */
  private void tell(Message message) {
    if (message.told) {
      return;
    }
    message.told = true;
    if (any) {
      sections.chapter(message.subject.isEmpty() ? null : message.subject);
    } else {
      title = message.subject.isEmpty() ? null : message.subject;
    }
    any = true;
    sections.block(Kind.HEADING, message.subject);
    sections.block(Kind.PARAGRAPH, String.join("\n", message.head));
  }

  void end() {
    Message message = open.pop();
    tell(message);
    listAttached(message);
    if (open.isEmpty()) {
      sections.finish();
    }
  }

  private void listAttached(Message message) {
    sections.block(Kind.LIST, String.join("\n", message.attached));
    message.attached.clear();
  }

  @Nullable String title() {
    return title == null || title.length() > 300 ? null : title;
  }
}
