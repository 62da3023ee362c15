/**
 * How long evidence is kept, and what goes: old results by a setting, a person's words and name by a legal basis, and holds that neither may
 * pass. It knows where all rooms keep words of people.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.retention;
