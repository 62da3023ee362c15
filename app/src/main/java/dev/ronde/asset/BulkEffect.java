package dev.ronde.asset;

/**
 * What a change of many does, or would do, to one of them.
 *
 * @param what one of the words changes, same, refused
 * @param before the value that is replaced; empty where there is none
 * @param after the value in its place; empty where nothing stands there
 * @param reason why it is refused, a sentence; empty where it is not
 */
public record BulkEffect(String ref, String name, String what, String before, String after, String reason) {}
