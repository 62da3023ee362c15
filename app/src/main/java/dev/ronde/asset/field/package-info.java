/**
 * What can be written about an asset, and how the text of a file, a form or a body becomes its value. Pure: nothing here asks a database.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset.field;
