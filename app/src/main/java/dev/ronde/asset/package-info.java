/**
 * The inventory: assets, who answers for them, how they arrive by CSV, API and page, and every change to them with its evidence.
 * Checks, findings and reviews hang on an asset through its id; people see it by its ref.
 */
@NullMarked
package dev.ronde.asset;

import org.jspecify.annotations.NullMarked;
