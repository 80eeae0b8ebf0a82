/// Segmenters of ICU4X.
package dev.gatun.formats.icu;
