/**
 * One change of many assets, first as a preview and then in earnest. Every asset is its own change with its own evidence.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset.bulk;
