/** Azure network security groups, the effective rules of a network interface, and security admin rules of a network manager. */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.derive.azure;
