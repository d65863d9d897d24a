package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

/** The names of the fields that the contract promises; no more and no less may be there. */
enum Fields {
  USER(
      "id",
      "username",
      "email",
      "first_name",
      "last_name",
      "is_staff",
      "is_active",
      "is_verified",
      "date_joined",
      "last_login",
      "subscription_status",
      "subscription_plan_id"),
  TOKENS("access_token", "refresh_token", "token_type", "expires_in"),
  BOT(
      "id",
      "name",
      "description",
      "welcome_message",
      "model_type",
      "temperature",
      "system_prompt",
      "is_public",
      "configuration",
      "status",
      "is_clone",
      "created_at",
      "updated_at",
      "owner_id"),
  DOCUMENT(
      "id",
      "name",
      "size",
      "content_type",
      "status",
      "progress",
      "chunks_count",
      "page_count",
      "error_message",
      "metadata",
      "version",
      "uploaded_at",
      "processed_at"),
  PROGRESS("stage", "done", "total"),
  CHUNK("id", "document_id", "chunk_index", "content", "page", "start", "end"),
  RESULT(
      "source_type",
      "document_id",
      "document_name",
      "chunk_id",
      "content",
      "page",
      "start",
      "end",
      "score",
      "metadata"),
  CONVERSATION("id", "bot_id", "title", "metadata", "message_count", "created_at", "updated_at"),
  MESSAGE(
      "id",
      "role",
      "content",
      "citations",
      "created_at",
      "usage",
      "response_time_ms",
      "feedback",
      "steps"),
  CITATION(
      "index",
      "source_type",
      "document_id",
      "document_name",
      "chunk_id",
      "page",
      "start",
      "end",
      "quote",
      "score",
      "url"),
  PREVIEW("url", "expires_at");

  private final Set<String> names;

  Fields(String... names) {
    this.names = Set.of(names);
  }

  /** Work that takes long enough also tells how long it still takes. */
  private static final String ESTIMATE = "remaining_seconds";

  void require(Json object) {
    assertThat(object.names())
        .as(name())
        .filteredOn(found -> this != PROGRESS || !found.equals(ESTIMATE))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  /** A page of a list, which holds {@code what}. */
  static void requirePage(Json page, String what) {
    assertThat(page.names()).containsExactlyInAnyOrder(what, "total", "skip", "limit");
  }
}
