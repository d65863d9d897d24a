package io.parley.adapter.web;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.parley.application.account.ChangePassword;
import io.parley.application.account.IdentifyUser;
import io.parley.application.account.LogIn;
import io.parley.application.account.LogOut;
import io.parley.application.account.RefreshSession;
import io.parley.application.account.RegisterUser;
import io.parley.application.bot.AuthorizeBot;
import io.parley.application.bot.BrowseBots;
import io.parley.application.bot.ChangeBot;
import io.parley.application.bot.CreateBot;
import io.parley.application.conversation.AnswerQuestion;
import io.parley.application.conversation.BrowseConversations;
import io.parley.application.conversation.StartConversation;
import io.parley.application.document.BrowseDocuments;
import io.parley.application.document.CancelDocument;
import io.parley.application.document.EraseAccount;
import io.parley.application.document.EraseKnowledge;
import io.parley.application.document.ReadReceipt;
import io.parley.application.document.UploadDocument;
import io.parley.application.retrieval.SearchKnowledge;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.persistence.IdempotencyRepository;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Gives each controller the use cases that it asks for. */
@Factory
final class UseCases {
  private final WebServices services;

  UseCases(WebServices services) {
    this.services = services;
  }

  /** Instead of the framework's own. */
  @Primary
  @Singleton
  InstantSource clock() {
    return services.clock();
  }

  @Singleton
  ChatModels chatModels() {
    return services.chatModels();
  }

  @Singleton
  IdempotencyRepository idempotency() {
    return services.idempotency();
  }

  @Singleton
  IdentifyUser identifyUser() {
    return services.parley().identifyUser();
  }

  @Singleton
  RegisterUser registerUser() {
    return services
        .parley()
        .registerUser(services.hasher(), services.registration(), services.setupCode());
  }

  @Singleton
  LogIn logIn() {
    return services.parley().logIn(services.hasher());
  }

  @Singleton
  RefreshSession refreshSession() {
    return services.parley().refreshSession();
  }

  @Singleton
  LogOut logOut() {
    return services.parley().logOut();
  }

  @Singleton
  ChangePassword changePassword() {
    return services.parley().changePassword(services.hasher());
  }

  @Singleton
  AuthorizeBot authorizeBot() {
    return services.parley().authorizeBot();
  }

  @Singleton
  CreateBot createBot() {
    return services.parley().createBot();
  }

  @Singleton
  BrowseBots browseBots() {
    return services.parley().browseBots();
  }

  @Singleton
  ChangeBot changeBot() {
    return services.parley().changeBot();
  }

  @Singleton
  UploadDocument uploadDocument() {
    return services.parley().documents().upload();
  }

  @Singleton
  BrowseDocuments browseDocuments() {
    return services.parley().documents().browse();
  }

  @Singleton
  CancelDocument cancelDocument() {
    return services.parley().documents().cancel();
  }

  @Singleton
  EraseKnowledge eraseKnowledge() {
    return services.parley().documents().erase();
  }

  @Singleton
  EraseAccount eraseAccount() {
    return services.parley().documents().eraseAccount();
  }

  @Singleton
  ReadReceipt readReceipt() {
    return services.parley().documents().receipts();
  }

  @Singleton
  SearchKnowledge searchKnowledge() {
    return services.parley().searchKnowledge();
  }

  @Singleton
  StartConversation startConversation() {
    return services.parley().startConversation();
  }

  @Singleton
  BrowseConversations browseConversations() {
    return services.parley().browseConversations();
  }

  @Singleton
  AnswerQuestion answerQuestion() {
    return services.parley().answerQuestion();
  }
}
