/** What the first line of an answer asks for, in English and French, whichever language the person reads. Pure. */
@org.jspecify.annotations.NullMarked
package dev.ronde.inbound.grammar;
