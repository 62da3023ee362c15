/**
 * The API and the pages of assets. The rooms above add panels to the page of an asset and columns to the list.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset.page;
