/// What a file is, who wrote it and which arrays it holds, whether a model can be made of it or not.
package dev.gatun.formats.inspect;
