/**
 * Reads YAML (and so JSON) written by people into nodes that remember their line, with every scalar left as the text that
 * stands in the file. Duplicate keys, aliases and a second document are refused.
 */
@NullMarked
package dev.ronde.platform.yaml;

import org.jspecify.annotations.NullMarked;
