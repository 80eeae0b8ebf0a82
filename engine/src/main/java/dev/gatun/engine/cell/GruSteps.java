package dev.gatun.engine.cell;

import dev.gatun.engine.kernel.GruGates;

/** A GRU's step where the reset gate comes after the product. */
final class GruSteps extends GruStage {

    GruSteps(CellFunctions functions, GruPlaces places) {
        super(functions, places);
    }

    @Override
    void forward(Gates kernel, Means means, int block, long zRow, long hRow, long hNext, long readRow, int rows) {
        long gates = places.gates(block, zRow);
        long candidate = places.candidate(block, zRow);
        long recurrent = places.recurrent(block, zRow);
        long before = places.h(block, hRow);
        long after = places.h(block, hNext);
        switch (means) {
            case CELL ->
                GruGates.forward(places.segment(), kernel.strides(), gates, candidate, recurrent, before, after, rows);
            case FUNCTIONS ->
                kernel.kernels().forward(places.segment(), gates, candidate, recurrent, before, after, rows);
            case TWIN -> kernel.twin().forward(places.segment(), gates, candidate, recurrent, before, after, rows);
        }
    }

    @Override
    void backward(Gates kernel, boolean simd, int block, long zRow, long hRow, int firstRow, int rows) {
        long gates = places.gates(block, zRow);
        long candidate = places.candidate(block, zRow);
        long recurrent = places.recurrent(block, zRow);
        long h = places.h(block, hRow);
        long dh = places.dh(block, firstRow);
        if (simd) {
            GruGates.backward(places.segment(), kernel.strides(), gates, candidate, recurrent, h, dh, rows);
        } else {
            kernel.twin().backward(places.segment(), gates, candidate, recurrent, h, dh, rows);
        }
    }
}
