/** AWS security groups and network access control lists, as the command line prints them. */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.derive.aws;
