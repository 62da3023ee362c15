/** Firewall rules of Google Cloud networks, as the command line and the API print them. */
@NullMarked
package dev.ronde.check.derive.gcp;

import org.jspecify.annotations.NullMarked;
