package dev.gatun.engine.cell;

import dev.gatun.engine.kernel.GruGates;

/** The second stage of a GRU's step where the reset gate comes before the product: the candidate and the next h. */
final class GruCandidateSteps extends GruStage {

    GruCandidateSteps(CellFunctions functions, GruPlaces places) {
        super(functions, places);
    }

    @Override
    void forward(Gates kernel, Means means, int block, long zRow, long hRow, long hNext, long readRow, int rows) {
        long gates = places.gates(block, zRow);
        long candidate = places.candidate(block, zRow);
        long before = places.h(block, hRow);
        long after = places.h(block, hNext);
        switch (means) {
            case CELL -> GruGates.state(places.segment(), kernel.strides(), gates, candidate, before, after, rows);
            case FUNCTIONS -> kernel.kernels().state(places.segment(), gates, candidate, before, after, rows);
            case TWIN -> kernel.twin().state(places.segment(), gates, candidate, before, after, rows);
        }
    }

    @Override
    void backward(Gates kernel, boolean simd, int block, long zRow, long hRow, int firstRow, int rows) {
        long gates = places.gates(block, zRow);
        long candidate = places.candidate(block, zRow);
        long h = places.h(block, hRow);
        long dh = places.dh(block, firstRow);
        if (simd) {
            GruGates.backwardState(places.segment(), kernel.strides(), gates, candidate, h, dh, rows);
        } else {
            kernel.twin().backwardState(places.segment(), gates, candidate, h, dh, rows);
        }
    }
}
