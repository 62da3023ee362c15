/** AWS security groups and network access control lists, as the command line prints them. */
@NullMarked
package dev.ronde.check.derive.aws;

import org.jspecify.annotations.NullMarked;
