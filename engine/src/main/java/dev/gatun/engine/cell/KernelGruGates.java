package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.ActivationKernels;
import dev.gatun.engine.kernel.GruGates;
import dev.gatun.engine.kernel.GruStrides;
import dev.gatun.engine.kernel.TilePlaces;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise part of a GRU cell whose functions all have SIMD kernels: {@link GruGates} with sigmoid and tanh replaced. Its
 * scalar twin is {@link GenericGruGates}, bit for bit; arguments as there.
 */
record KernelGruGates(CellFunctions functions, GruStrides strides, long pre) {

    void forward(MemorySegment w, long gates, long candidate, long recurrent, long h, long hNext, int rows) {
        gates(w, gates, rows);
        GruGates.join(w, strides, gates + strides.reset(), candidate, recurrent, rows);
        state(w, gates, candidate, h, hNext, rows);
    }

    void forwardReset(MemorySegment w, long gates, long h, long read, int rows) {
        gates(w, gates, rows);
        GruGates.reset(w, strides, gates, h, read, rows);
    }

    void state(MemorySegment w, long gates, long candidate, long h, long hNext, int rows) {
        function(functions.activation(), w, candidate, strides.candidate(), rows);
        GruGates.next(w, strides, gates, candidate, h, hNext, rows);
    }

    private void gates(MemorySegment w, long gates, int rows) {
        function(functions.recurrent(), w, gates, strides.gates(), rows);
        function(functions.recurrent(), w, gates + strides.reset(), strides.gates(), rows);
    }

    private void function(ActivationFormula function, MemorySegment w, long at, long rowBytes, int rows) {
        for (int row = 0; pre != 0 && row < rows; row++) {
            MemorySegment.copy(w, at + row * rowBytes, w, at + row * rowBytes + pre, TilePlaces.STRIP_ROW);
        }
        ActivationKernels.forward(function, w, at, rowBytes, w, at, rowBytes, rows);
    }
}
