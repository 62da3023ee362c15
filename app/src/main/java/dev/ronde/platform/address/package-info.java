/** Addresses of hosts: how they are written, and which of them nothing is ever sent to. */
@NullMarked
package dev.ronde.platform.address;

import org.jspecify.annotations.NullMarked;
