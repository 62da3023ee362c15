/** Addresses of hosts: how they are written, and which of them nothing is ever sent to. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.address;
