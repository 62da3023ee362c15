/**
 * One change of many assets, first as a preview and then in earnest. Every asset is its own change with its own evidence.
 */
@NullMarked
package dev.ronde.asset.bulk;

import org.jspecify.annotations.NullMarked;
