/**
 * Reads what people and programs write, YAML or JSON, into a tree that remembers its lines, and the fields of the tree with every fault told
 * at once: line, JSON pointer, code and sentence.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.document;
