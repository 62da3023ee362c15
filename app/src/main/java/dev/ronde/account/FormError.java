package dev.ronde.account;

/**
 * What is wrong with one field of a form.
 *
 * @param field id of the input
 * @param message in the reader's language
 */
public record FormError(String field, String message) {}
