/** Technical adapters that know no feature. Each subpackage wraps one concern; features build on them, never the reverse. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform;
