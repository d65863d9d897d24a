package io.parley.testkit.server;

/** What a {@link ModelServer} does wrong with one call. */
public sealed interface Fault {

  /** Nothing: the call is served well. */
  record None() implements Fault {}

  /**
   * Answers with that status and an error of the vendor's shape.
   *
   * @param code the error's machine code, empty for none
   */
  record Refuses(int status, String code) implements Fault {}

  /**
   * Answers 429.
   *
   * @param retryAfter the header as it is sent, empty for none
   */
  record Throttles(String retryAfter) implements Fault {}

  /** Accepts the request and never answers. */
  record Hangs() implements Fault {}

  /** Accepts the head of a request with a recording, and reads nothing of it. */
  record DoesNotRead() implements Fault {}

  /** Answers with a redirect to that address. */
  record Redirects(String address) implements Fault {}

  /** Breaks the connection before it answers. */
  record HangsUp() implements Fault {}

  /**
   * Streams so many pieces, or sends half of the embeddings or the transcription, and then nothing,
   * with the connection open.
   */
  record StallsAfter(int pieces) implements Fault {}

  /** Streams so many pieces and ends the response as if that were all, without an end marker. */
  record EndsAfter(int pieces) implements Fault {}

  /** Streams so many pieces, or sends half of the transcription, and breaks the connection. */
  record BreaksAfter(int pieces) implements Fault {}

  /** Streams so many pieces and then an event that says that something went wrong. */
  record FailsAfter(int pieces) implements Fault {}

  /**
   * Streams the whole answer and ends it for that reason, in the vendor's words: {@code length},
   * {@code SAFETY}, …
   */
  record EndsBecause(String reason) implements Fault {}

  /** Does not answer the question at all, in Gemini's words for why. */
  record BlocksQuestion(String reason) implements Fault {}

  /** Streams comments, odd line ends, empty events and no count of tokens. */
  record StreamsOddly() implements Fault {}

  /** Streams the whole answer and leaves the connection open after its end marker. */
  record LingersAfterTheEnd() implements Fault {}

  /** Streams so many comments, and nothing else. */
  record OnlyComments() implements Fault {}

  /** Answers with JSON where a stream was asked for. */
  record DoesNotStream() implements Fault {}

  /** Sends an event, or a body, that is no JSON. */
  record SpeaksNonsense() implements Fault {}

  /** Sends the embeddings in another order; only OpenAI's protocol says which is which. */
  record Reorders() implements Fault {}

  /** Sends embeddings that cannot be right, or something else in place of a transcription. */
  record Lies(Lie lie) implements Fault {}

  /** What may be wrong with embeddings. */
  enum Lie {
    NOT_A_NUMBER,
    NULL,
    ENDLESS,
    ZERO,
    WRONG_DIMENSION,
    FEWER,
    FOREIGN_INDEX,
    SAME_INDEX_TWICE
  }
}
