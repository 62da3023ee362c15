/**
 * What runs say, in the language of who reads.
 * Records hold English; nothing that is said here is stored or judged.
 */
@NullMarked
package dev.ronde.check.message;

import org.jspecify.annotations.NullMarked;
