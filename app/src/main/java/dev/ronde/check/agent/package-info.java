/**
 * Probes from a second vantage: the server hands out work, an agent brings facts back.
 * An agent is believed what it saw, never where it stands.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.agent;
