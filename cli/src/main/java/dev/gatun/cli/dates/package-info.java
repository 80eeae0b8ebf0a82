/// When the rows of a table are: dates read and ordered, their usual step, and the holes between them.
package dev.gatun.cli.dates;
