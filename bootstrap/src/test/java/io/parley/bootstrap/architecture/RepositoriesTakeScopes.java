package io.parley.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/**
 * Whatever a repository is asked for takes a scope, or the actor of whom one is to be made: what is
 * asked without could be answered with a neighbour's. The few that can have none stand here; a new
 * one needs a reason.
 */
final class RepositoriesTakeScopes extends ArchCondition<JavaClass> {
  private static final List<String> SCOPES = List.of("BotScope", "UserScope", "Actor");

  private static final Set<String> WITHOUT =
      Set.of(
          // whoever signs in is not known yet
          "UserRepository.register",
          "UserRepository.findForLogin",
          "UserRepository.findForCredential",
          "UserRepository.recordLogin",
          // the token is the credential
          "RefreshTokenRepository.add",
          "RefreshTokenRepository.spend",
          "RefreshTokenRepository.revokeFamilyOf",
          "RefreshTokenRepository.revokeAll",
          // the signed link and the receipt's key are credentials
          "DocumentRepository.isShown",
          "ReceiptRepository.findKeyed",
          // maintenance of all tenants, which returns nothing to people
          "DocumentRepository.countOfAllTenants");

  /** Maintenance as a whole: generations and their vectors are those of all tenants. */
  private static final Set<String> OF_ALL_TENANTS =
      Set.of("EmbeddingRepository", "GenerationRepository");

  private final String ports;

  RepositoriesTakeScopes(String root) {
    super("take a scope in each method of a repository");
    this.ports = root + ".domain.port.persistence";
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (type.getPackageName().equals(ports)
        && type.isInterface()
        && type.getSimpleName().endsWith("Repository")
        && !OF_ALL_TENANTS.contains(type.getSimpleName())) {
      type.getMethods().stream()
          .filter(method -> !takesAScope(method))
          .map(method -> type.getSimpleName() + "." + method.getName())
          .filter(name -> !WITHOUT.contains(name))
          .forEach(
              name -> events.add(SimpleConditionEvent.violated(type, name + " takes no scope")));
    }
  }

  private static boolean takesAScope(JavaMethod method) {
    return method.getRawParameterTypes().stream()
        .anyMatch(parameter -> SCOPES.contains(parameter.getSimpleName()));
  }
}
