package io.parley.adapter.web.conversation;

import io.micronaut.http.HttpRequest;
import io.parley.adapter.web.document.PublicUrl;
import io.parley.adapter.web.security.Caller;
import io.parley.application.bot.AuthorizeBot;
import io.parley.application.conversation.Exchange;
import io.parley.application.conversation.ShownMessage;
import io.parley.application.document.BrowseDocuments;
import io.parley.domain.access.Access;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Citation;
import io.parley.domain.document.VersionRef;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows messages, with addresses that open what they cite. */
@Singleton
final class MessageViews {
  private final AuthorizeBot authorize;
  private final BrowseDocuments documents;
  private final PublicUrl publicUrl;

  MessageViews(AuthorizeBot authorize, BrowseDocuments documents, PublicUrl publicUrl) {
    this.authorize = authorize;
    this.documents = documents;
    this.publicUrl = publicUrl;
  }

  List<MessageView> views(
      Caller caller, HttpRequest<?> request, BotId bot, List<ShownMessage> messages) {
    Function<Citation, @Nullable String> url = urls(caller, request, bot);
    return messages.stream().map(m -> MessageView.of(m, url)).toList();
  }

  ExchangeView view(Caller caller, HttpRequest<?> request, BotId bot, Exchange exchange) {
    List<MessageView> views =
        views(caller, request, bot, List.of(exchange.question(), exchange.answer()));
    return new ExchangeView(views.get(0), views.get(1));
  }

  /** One link a cited version, and none for a reader who may not open it. */
  private Function<Citation, @Nullable String> urls(
      Caller caller, HttpRequest<?> request, BotId bot) {
    if (!(authorize.check(caller.person(), bot, Permission.READ)
        instanceof Access.Decision.Granted granted)) {
      return _ -> null;
    }
    Map<VersionRef, Optional<String>> links = new HashMap<>();
    return citation ->
        links
            .computeIfAbsent(
                citation.source().chunk().ref(), ref -> link(granted.scope(), request, ref))
            .map(link -> link + "#page=" + citation.source().chunk().page())
            .orElse(null);
  }

  private Optional<String> link(BotScope scope, HttpRequest<?> request, VersionRef ref) {
    return documents.preview(scope, ref).map(link -> publicUrl.of(request, link.uri()));
  }
}
