package dev.gatun.engine.cell;

import dev.gatun.engine.kernel.GruGates;

/** The first stage of a GRU's step where the reset gate comes before the product: both gates, and what the reset gate leaves of h. */
final class GruResetSteps extends GruStage {

    GruResetSteps(CellFunctions functions, GruPlaces places) {
        super(functions, places);
    }

    @Override
    void forward(Gates kernel, Means means, int block, long zRow, long hRow, long hNext, long readRow, int rows) {
        long gates = places.gates(block, zRow);
        long h = places.h(block, hRow);
        long read = GruPlaces.units(places.memory().read(), block, readRow);
        switch (means) {
            case CELL -> GruGates.forwardReset(places.segment(), kernel.strides(), gates, h, read, rows);
            case FUNCTIONS -> kernel.kernels().forwardReset(places.segment(), gates, h, read, rows);
            case TWIN -> kernel.twin().forwardReset(places.segment(), gates, h, read, rows);
        }
    }

    @Override
    void backward(Gates kernel, boolean simd, int block, long zRow, long hRow, int firstRow, int rows) {
        long gates = places.gates(block, zRow);
        long h = places.h(block, hRow);
        long dRead = GruPlaces.units(places.flow().scratchState(), block, firstRow);
        long dh = places.dh(block, firstRow);
        if (simd) {
            GruGates.backwardReset(places.segment(), kernel.strides(), gates, h, dRead, dh, rows);
        } else {
            kernel.twin().backwardReset(places.segment(), gates, h, dRead, dh, rows);
        }
    }
}
