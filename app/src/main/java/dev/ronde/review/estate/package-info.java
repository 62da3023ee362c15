/**
 * Assets as reviews see them: what a plan may cover, who owns it and who stands in, what its configuration is and what its checks
 * say. It reads the rooms of assets and checks, and knows no review.
 */
@NullMarked
package dev.ronde.review.estate;

import org.jspecify.annotations.NullMarked;
