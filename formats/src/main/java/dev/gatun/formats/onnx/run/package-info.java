/// ONNX graphs made ready to run: operators found, what is constant computed, values dropped when nobody reads them any more.
package dev.gatun.formats.onnx.run;
