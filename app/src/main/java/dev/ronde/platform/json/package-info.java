/** One configured JSON mapper for the whole product. Names are snake_case, instants are RFC 3339 in UTC. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.json;
