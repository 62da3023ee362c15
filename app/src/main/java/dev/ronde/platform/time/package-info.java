/** The product's time and its identifiers. Everything that knows time takes it from an injected {@link java.time.InstantSource}. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.time;
