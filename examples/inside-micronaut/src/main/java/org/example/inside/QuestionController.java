package org.example.inside;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.parley.application.conversation.ShownMessage;
import io.parley.domain.conversation.Citation;
import java.util.stream.Collectors;

/** Asks the notice board. Parley blocks, so it is kept off the event loop. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class QuestionController {
  private final NoticeBoard board;

  QuestionController(NoticeBoard board) {
    this.board = board;
  }

  @Get(uri = "/answer", produces = MediaType.TEXT_PLAIN)
  String answer(@QueryValue String question) {
    ShownMessage answer = board.bot().ask(question).answer();
    return answer.message().content()
        + answer.citations().stream()
            .map(Citation::quote)
            .collect(Collectors.joining("\n", "\n", ""));
  }
}
