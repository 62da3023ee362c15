/** Texts of people as the program keeps them. Knows no feature. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.text;
