/** A year lived through under a moved clock, every mail counted against a model that knows nothing of the product's code. */
package dev.ronde.replay;
