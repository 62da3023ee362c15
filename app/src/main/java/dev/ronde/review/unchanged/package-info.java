/**
 * One signature over many reviews: those of which nothing changed since somebody attested them, and that ask for nothing else.
 * Which those are is decided in one place, {@link dev.ronde.review.unchanged.Unchanged}.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.unchanged;
