package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.ActivationKernels;
import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.LstmStrides;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise part of an LSTM cell whose functions all have SIMD kernels, as hard sigmoids have: {@link LstmGates} with
 * sigmoid and tanh replaced. Its scalar twin is {@link GenericLstmGates}, bit for bit; arguments as there.
 */
final class KernelLstmGates {

    private KernelLstmGates() {}

    static void forward(
            CellFunctions functions, MemorySegment w, LstmStrides strides, long z, long pre, long cPrevious,
            long cNext, long h, int rows) {
        long gate = strides.gate();
        if (pre != GenericLstmGates.NONE) {
            for (int row = 0; row < rows; row++) {
                GenericLstmGates.keep(w, strides, z + row * strides.z(), pre + row * strides.z());
            }
        }
        function(functions.recurrent(), w, strides, z, rows);
        function(functions.recurrent(), w, strides, z + gate, rows);
        function(functions.activation(), w, strides, z + 2 * gate, rows);
        function(functions.recurrent(), w, strides, z + 3 * gate, rows);
        LstmGates.cellState(w, strides, z, cPrevious, cNext, rows);
        ActivationKernels.forward(functions.output(), w, cNext, strides.c(), w, h, strides.h(), rows);
        LstmGates.hiddenState(w, z + 3 * gate, strides.z(), h, strides.h(), rows);
    }

    private static void function(ActivationFormula function, MemorySegment w, LstmStrides strides, long z, int rows) {
        ActivationKernels.forward(function, w, z, strides.z(), w, z, strides.z(), rows);
    }
}
