package io.parley.application.account;

import io.parley.application.validation.InvalidInput;
import io.parley.application.validation.InvalidInput.Field;
import io.parley.domain.port.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What names and passwords must look like. */
final class RegistrationRules {
  private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}._@+\\-]{1,50}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");

  private RegistrationRules() {}

  static void check(RegistrationRequest request) {
    List<Field> wrong = faults(request);
    if (!wrong.isEmpty()) {
      throw new InvalidInput(wrong);
    }
  }

  static List<Field> faults(RegistrationRequest request) {
    List<Field> wrong = new ArrayList<>();
    require(
        USERNAME.matcher(request.username()).matches(),
        wrong,
        "username",
        "Choose a user name of 1 to 50 letters, digits or . _ @ + - without blanks.");
    require(
        request.email().length() <= 255 && EMAIL.matcher(request.email()).matches(),
        wrong,
        "email",
        "Give an e-mail address of at most 255 characters, such as name@example.com.");
    require(
        isName(request.firstName()),
        wrong,
        "first_name",
        "Give a first name of at most 50 characters.");
    require(
        isName(request.lastName()),
        wrong,
        "last_name",
        "Give a last name of at most 50 characters.");
    password(request.password(), "password", wrong);
    return wrong;
  }

  static void password(Secret password, String field, List<Field> wrong) {
    int length = password.reveal().length();
    require(
        length >= 8 && length <= 1024, wrong, field, "Choose a password of 8 to 1,024 characters.");
  }

  private static boolean isName(String name) {
    return name.length() <= 50 && name.chars().noneMatch(Character::isISOControl);
  }

  private static void require(boolean holds, List<Field> wrong, String field, String detail) {
    if (!holds) {
      wrong.add(new Field(field, detail));
    }
  }
}
