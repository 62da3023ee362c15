/** The command line. Data commands are clients of the API: of a running server, of a remote one, or of one started for the moment. */
@org.jspecify.annotations.NullMarked
package dev.ronde.command;
