/// The command `gatun`.
package dev.gatun.cli;
