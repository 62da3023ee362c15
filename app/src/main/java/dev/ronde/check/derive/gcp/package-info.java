/** Firewall rules of Google Cloud networks, as the command line and the API print them. */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.derive.gcp;
