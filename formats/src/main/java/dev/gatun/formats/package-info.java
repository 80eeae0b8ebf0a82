/// What readers and writers share.
package dev.gatun.formats;
