package io.parley.adapter.web.conversation;

import io.micronaut.http.HttpRequest;
import io.parley.adapter.web.document.PublicUrl;
import io.parley.adapter.web.security.Caller;
import io.parley.application.bot.AuthorizeBot;
import io.parley.application.conversation.Exchange;
import io.parley.application.conversation.ShownMessage;
import io.parley.application.document.BrowseDocuments;
import io.parley.domain.access.Access;
import io.parley.domain.access.Permission;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Citation;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.storage.PreviewLink;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    Set<VersionRef> cited =
        messages.stream()
            .flatMap(m -> m.citations().stream())
            .map(MessageViews::version)
            .collect(Collectors.toSet());
    Function<Citation, @Nullable String> url = urls(caller, request, bot, cited);
    return messages.stream().map(m -> MessageView.of(m, url)).toList();
  }

  ExchangeView view(Caller caller, HttpRequest<?> request, BotId bot, Exchange exchange) {
    List<MessageView> views =
        views(caller, request, bot, List.of(exchange.question(), exchange.answer()));
    return new ExchangeView(views.get(0), views.get(1));
  }

  /** One link a cited version, all of a page asked for at once; none for who may not open it. */
  private Function<Citation, @Nullable String> urls(
      Caller caller, HttpRequest<?> request, BotId bot, Set<VersionRef> cited) {
    if (cited.isEmpty()
        || !(authorize.check(caller.person(), bot, Permission.READ)
            instanceof Access.Decision.Granted granted)) {
      return _ -> null;
    }
    Map<VersionRef, PreviewLink> links = documents.previews(granted.scope(), cited);
    return citation ->
        Optional.ofNullable(links.get(version(citation)))
            .map(link -> publicUrl.of(request, link.uri()))
            .map(link -> link + "#page=" + citation.source().chunk().page())
            .orElse(null);
  }

  private static VersionRef version(Citation citation) {
    return citation.source().chunk().ref();
  }
}
