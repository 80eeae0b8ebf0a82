/// JSON in and out, by tokens, without a library: what a `.gatun` is read with is on the way to a first prediction.
package dev.gatun.formats.json;
