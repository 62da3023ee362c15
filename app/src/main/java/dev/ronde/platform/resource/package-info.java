/** Packaged files and the operator's overlay over them. Templates and messages are read through it. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.resource;
