/** The composition root: {@link dev.ronde.Main} reads the command line, {@link dev.ronde.App} wires the features. */
@org.jspecify.annotations.NullMarked
package dev.ronde;
