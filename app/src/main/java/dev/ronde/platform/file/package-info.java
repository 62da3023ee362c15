/** Files from outside: what they are by their first bytes, and why one that can run, or hides what it holds, is not kept. And files that live as long as one answer. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.file;
