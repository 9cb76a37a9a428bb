package org.regionalpacs.wado.web;

import java.util.OptionalLong;

/**
 * A part of a multipart/related response.
 *
 * @param contentType its media type with parameters
 * @param length its bytes, if known beforehand
 * @param body writes them
 */
public record Part(String contentType, OptionalLong length, BodySource body) {}
