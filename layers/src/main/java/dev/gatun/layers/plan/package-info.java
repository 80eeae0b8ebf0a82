/// How a graph runs at known sizes: values in one workspace, and the operations between them.
package dev.gatun.layers.plan;
