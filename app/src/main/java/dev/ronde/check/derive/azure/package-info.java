/** Azure network security groups, the effective rules of a network interface, and security admin rules of a network manager. */
@NullMarked
package dev.ronde.check.derive.azure;

import org.jspecify.annotations.NullMarked;
