package io.parley.adapter.web.problem;

import io.micronaut.serde.annotation.Serdeable;

/**
 * What is wrong with one field.
 *
 * @param field its name as sent; parts of nested ones are joined by dots
 * @param detail a sentence for people
 */
@Serdeable
public record FieldError(String field, String detail) {}
