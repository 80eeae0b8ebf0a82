/** Bytes of a model where a reader can go to and fro in them. */
package dev.gatun.formats.source;
