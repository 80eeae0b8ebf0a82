/// When the rows of a series are: dates read and ordered, their usual step, and the holes between them.
package dev.gatun.data.time;
