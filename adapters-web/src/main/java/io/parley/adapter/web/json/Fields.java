package io.parley.adapter.web.json;

import io.parley.adapter.web.problem.FieldError;
import io.parley.adapter.web.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, taken one by one. What is wrong is collected, and {@link #check()}
 * ends the request with all of it; until then a wrong field counts as its fallback. Unknown fields
 * are ignored.
 */
public final class Fields {
  private final Map<String, @Nullable Object> values;
  private final String prefix;
  private final List<FieldError> errors;

  public Fields(Map<String, @Nullable Object> values) {
    this(values, "", new ArrayList<>());
  }

  private Fields(Map<String, @Nullable Object> values, String prefix, List<FieldError> errors) {
    this.values = values;
    this.prefix = prefix;
    this.errors = errors;
  }

  /** Whether the field was sent, be it as null. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A text that must be there. */
  public String text(String name, int max) {
    String text = optionalText(name, max);
    if (text == null) {
      refuseOnce(name, name + " is missing.");
      return "";
    }
    return text;
  }

  /** A name or title: trimmed, and not blank. */
  public String title(String name, int max) {
    String text = text(name, Integer.MAX_VALUE).strip();
    if (text.isEmpty()) {
      refuseOnce(name, name + " must not be blank.");
    }
    if (text.length() > max) {
      refuse(name, name + " may have at most " + max + " characters.");
    }
    return text;
  }

  /** A text, or null where it is absent or null. */
  public @Nullable String optionalText(String name, int max) {
    Object value = values.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      refuse(name, name + " must be a text.");
      return null;
    }
    if (text.length() > max) {
      refuse(name, name + " may have at most " + max + " characters.");
    } else if (!isStorable(text)) {
      refuse(name, name + " holds a NUL or half a character, which cannot be kept.");
    }
    return text;
  }

  private static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0 || Character.isLowSurrogate(unit)) {
        return false;
      }
      if (Character.isHighSurrogate(unit)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** A whole number between two bounds, or the fallback where it is absent. */
  public long integer(String name, long min, long max, long fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Long number && number >= min && number <= max) {
      return number;
    }
    refuse(name, name + " must be a whole number from " + min + " to " + max + ".");
    return fallback;
  }

  /** A number between two bounds, or the fallback where it is absent. */
  public double decimal(String name, double min, double max, double fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    refuse(name, name + " must be a number from " + min + " to " + max + ".");
    return fallback;
  }

  /** True or false, or the fallback where it is absent. */
  public boolean truth(String name, boolean fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    refuse(name, name + " must be true or false.");
    return fallback;
  }

  /** One of the names of an enum in lower case, or the fallback where it is absent. */
  public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type, @Nullable E fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String known = constant.name().toLowerCase(Locale.ROOT);
      if (known.equals(value)) {
        return constant;
      }
      names.add(known);
    }
    refuse(name, name + " must be one of: " + String.join(", ", names) + ".");
    return fallback;
  }

  /** A list of texts, empty where it is absent. */
  public List<String> texts(String name, int maxItems, int maxLength) {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list
        && list.size() <= maxItems
        && list.stream().allMatch(i -> i instanceof String s && s.length() <= maxLength)) {
      return list.stream().map(String.class::cast).toList();
    }
    refuse(name, name + " must be a list of at most " + maxItems + " texts.");
    return List.of();
  }

  /** The fields of an object inside; those of an empty one where it is absent. */
  public Fields inside(String name) {
    return new Fields(map(name), prefix + name + ".", errors);
  }

  /** An object as it was sent, empty where it is absent. */
  public Map<String, @Nullable Object> map(String name) {
    Object value = values.get(name);
    if (value instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked")
      Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
      return object;
    }
    if (value != null) {
      refuse(name, name + " must be an object.");
    }
    return Map.of();
  }

  /** The value as it was sent. */
  public @Nullable Object raw(String name) {
    return values.get(name);
  }

  /** Notes what is wrong with a field. */
  public void refuse(String name, String detail) {
    errors.add(new FieldError(prefix + name, detail));
  }

  /** Notes what is wrong with a field of which nothing was noted. */
  public void refuseOnce(String name, String detail) {
    if (errors.stream().noneMatch(e -> e.field().equals(prefix + name))) {
      refuse(name, detail);
    }
  }

  /** Ends the request with 422 when anything was wrong. */
  public void check() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
  }
}
