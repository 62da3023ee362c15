/** The web server: routes with declared access, requests, pages and errors. Only here and in Api and Pages classes lives Javalin. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.http;
