/** Texts of people as the program keeps them. Knows no feature. */
@NullMarked
package dev.ronde.platform.text;

import org.jspecify.annotations.NullMarked;
