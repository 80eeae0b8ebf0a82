/// Audio models in RTNeural's JSON, with what AIDA-X adds to it.
package dev.gatun.formats.rtneural;
