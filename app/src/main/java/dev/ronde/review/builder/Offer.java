package dev.ronde.review.builder;

/**
 * A word to choose.
 *
 * @param label what people call it; the word itself where it has no other name
 * @param assets how many active assets have it; -1 where nobody counts
 */
public record Offer(String word, String label, int assets) {}
