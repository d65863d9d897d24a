package io.parley.bootstrap.e2e;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a user has: a bot with a document, and a conversation about it. All of a private bot, and
 * what nobody but its owner may see of a public one, holds a word that stands nowhere else.
 */
record Possessions(
    Person owner,
    String bot,
    String document,
    String conversation,
    String message,
    String erasure,
    String canary) {

  static Possessions make(Person owner, boolean isPublic) {
    String canary = "canary" + UUID.randomUUID().toString().substring(0, 8);
    String secret = isPublic ? "open" : canary;
    String bot =
        owner.bot(
            ",\"description\":\"%s\",\"system_prompt\":\"%s\",\"is_public\":%s"
                .formatted(secret, canary, isPublic));
    String text = "The harbour master of " + secret + " bay is Ada Brandt, and she has a boat.";
    String document = owner.upload(bot, Api.Upload.text(secret + ".txt", text));
    owner.followed(document);
    String conversation = owner.conversation(bot);
    owner.api().put(conversation, "{\"title\":\"" + canary + "\"}").json(200);
    Json exchange =
        owner.ask(conversation, canary + ": who is the harbour master of " + secret + " bay?");
    String gone = owner.upload(bot, Api.Upload.text("gone.txt", "Gone soon, and said by nobody."));
    return new Possessions(
        owner,
        bot,
        document,
        conversation,
        exchange.at("assistant_message").text("id"),
        String.valueOf(owner.api().delete(gone).header("Erasure-Id")),
        canary);
  }

  /** The same things, asked for as if they were another bot's. */
  Possessions through(String otherBot) {
    return new Possessions(owner, otherBot, document, conversation, message, erasure, canary);
  }

  /** A path of the description, as that of these things. */
  String path(String template) {
    String path = template;
    for (Map.Entry<String, String> id :
        Map.of(
                "{bot}",
                last(bot),
                "{document}",
                last(document),
                "{conversation}",
                last(conversation),
                "{message}",
                message,
                "{erasure}",
                erasure,
                "{token}",
                "forged")
            .entrySet()) {
      path = path.replace(id.getKey(), id.getValue());
    }
    if (path.contains("{")) {
      throw new AssertionError("What is to stand in " + path + "?");
    }
    return path;
  }

  /** Everything of it that its owner can see. */
  String seen() {
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of(
            bot,
            bot + "/documents",
            document,
            document + "/chunks",
            bot + "/conversations",
            conversation)) {
      all.append(owner.api().get(path).text()).append('\n');
    }
    for (Json message : owner.api().get(conversation + "/messages").json(200).items("messages")) {
      all.append(message.text("content")).append(message.at("feedback").value()).append('\n');
      message.items("citations").forEach(c -> all.append(c.text("quote")).append('\n'));
    }
    return all.toString();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
