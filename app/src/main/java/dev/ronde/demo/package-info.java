/**
 * The demonstration: an invented estate with twelve weeks of history, made through the services under a clock that is
 * moved from day to day. It lives in its own home; nothing of it can get into another.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.demo;
